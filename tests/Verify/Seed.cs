namespace DaprSocial.Verify.Tests;

/// <summary>
/// Two users who follow each other (one of them no more); a post, a reply to it, one for followers, a deleted one; a
/// like and one that was taken back. All of it is applied.
/// </summary>
internal static class Seed
{
    public const string Sql = $$"""
        insert into {users}.user_account (id, handle, display_name, bio, create_time, update_time, entity_version)
        values ('{{World.Ada}}', 'ada', 'Ada', '', now(), now(), 2),
            ('{{World.Bob}}', 'bob', 'Bob', 'builds', now(), now(), 1);
        insert into {users.projected}.user_view select * from {users}.user_account;
        insert into {graph}.known_user select id from {users}.user_account;

        insert into {graph}.follow (follower_id, followee_id, following, follow_id, entity_version)
        values ('{{World.Ada}}', '{{World.Bob}}', true, gen_random_uuid(), 3),
            ('{{World.Bob}}', '{{World.Ada}}', false, gen_random_uuid(), 2);
        insert into {graph.projected}.follow_edge select * from {graph}.follow;
        insert into {graph.projected}.relation_count values ('{{World.Ada}}', 0, 1), ('{{World.Bob}}', 1, 0);
        insert into {timelines.projected}.follow_edge
        select follower_id, followee_id, following, entity_version from {graph}.follow;

        insert into {graph}.user_block values ('{{World.Ada}}', '{{World.Eve}}', true, gen_random_uuid(), 1),
            ('{{World.Bob}}', '{{World.Eve}}', false, gen_random_uuid(), 2);
        insert into {graph.projected}.block_edge select * from {graph}.user_block;
        insert into {posts.projected}.block_edge
        select blocker_id, blocked_id, blocking, entity_version from {graph}.user_block;
        insert into {timelines.projected}.block_edge
        select blocker_id, blocked_id, blocking, entity_version from {graph}.user_block;

        insert into {media}.media
        values ('{{World.Picture}}', '{{World.Ada}}', 2, 0, 'blur', '[]', false, 1),
            ('{{World.Gone}}', '{{World.Bob}}', 0, 0, '', '', true, 2);
        insert into {media.projected}.media_view select * from {media}.media;
        insert into {posts}.known_media select id, owner_id, type, deleted, entity_version from {media}.media;

        insert into {posts}.post (id, author_id, text, reply_to, parent_author_id, root_id, language, visibility,
            deleted, entity_version)
        values ('{{World.Post}}', '{{World.Ada}}', 'hello', null, null, null, 'en', 1, false, 1),
            ('{{World.Private}}', '{{World.Ada}}', 'hush', null, null, null, '', 2, false, 1),
            ('{{World.Reply}}', '{{World.Bob}}', 'hi', '{{World.Post}}', '{{World.Ada}}', '{{World.Post}}', '', 1,
                false, 1),
            ('{{World.Deleted}}', '{{World.Bob}}', '', '{{World.Post}}', '{{World.Ada}}', '{{World.Post}}', '', 2,
                true, 2);
        insert into {posts}.reaction
        values ('{{World.Bob}}', '{{World.Post}}', true, 1), ('{{World.Ada}}', '{{World.Post}}', false, 2);
        insert into {posts.projected}.post_view (post_id, author_id, text, reply_to, parent_author_id, root_id,
            language, visibility, deleted, after, entity_version)
        select id, author_id, text, reply_to, case when not deleted then parent_author_id end,
            case when not deleted then root_id end, language, case when deleted then 1 else visibility end, deleted,
            case when visibility = 2 then @after else '' end, entity_version
        from {posts}.post;
        insert into {posts.projected}.post_reaction select * from {posts}.reaction;
        insert into {posts.projected}.post_count values ('{{World.Post}}', 1, 1), ('{{World.Reply}}', 0, 0);
        insert into {timelines.projected}.author_timeline (post_id, author_id, parent_author_id, visibility, deleted,
            entity_version)
        select id, author_id, case when not deleted then parent_author_id end,
            case when deleted then 1 else visibility end, deleted, entity_version
        from {posts}.post;
        insert into {timelines.projected}.post_precondition values ('{{World.Private}}', 'graph', '{{World.Bob}}', 1),
            ('{{World.Deleted}}', 'graph', '{{World.Bob}}', 1);
        insert into {search.projected}.user_document (id, handle, display_name, bio, deleted, entity_version)
        select id, handle, display_name, bio, false, entity_version from {users}.user_account;
        insert into {search.projected}.post_document (post_id, author_id, parent_author_id, visibility, language, text,
            has_media, deleted, entity_version, terms)
        select id, author_id, case when not deleted then parent_author_id end,
            case when deleted then 1 else visibility end, language, text, false, deleted, entity_version,
            case when not deleted then to_tsvector('simple', text) end
        from {posts}.post;
        insert into {search.projected}.search_word values ('hello', 1);
        insert into {search.projected}.follow_edge
        select follower_id, followee_id, following, entity_version from {graph}.follow;

        update {posts}.post set media = '[{"media":"{{World.Picture}}","alt":"a"}]' where id = '{{World.Post}}';
        update {search.projected}.post_document set has_media = true where post_id = '{{World.Post}}';
        update {posts.projected}.post_view v set media = p.media from {posts}.post p where p.id = v.post_id;

        create temporary table event (app text, topic text, stream uuid, version bigint, entity_id text,
            entity_version bigint, after text);
        insert into event values ('users', 'users', '{{World.Ada}}', 1, '{{World.Ada}}', 1, ''),
            ('users', 'users', '{{World.Ada}}', 2, '{{World.Ada}}', 2, ''),
            ('users', 'users', '{{World.Bob}}', 1, '{{World.Bob}}', 1, ''),
            ('graph', 'graph', '{{World.Ada}}', 1, '{{World.Ada}}:{{World.Bob}}', 3, ''),
            ('graph', 'graph', '{{World.Bob}}', 1, '{{World.Bob}}:{{World.Ada}}', 2, ''),
            ('graph', 'graph', '{{World.Ada}}', 2, 'block:{{World.Ada}}:{{World.Eve}}', 1, ''),
            ('graph', 'graph', '{{World.Bob}}', 2, 'block:{{World.Bob}}:{{World.Eve}}', 2, ''),
            ('posts', 'posts', '{{World.Ada}}', 1, '{{World.Post}}', 1, ''),
            ('posts', 'posts', '{{World.Ada}}', 2, '{{World.Private}}', 1, @after),
            ('posts', 'posts', '{{World.Bob}}', 1, '{{World.Reply}}', 1, ''),
            ('posts', 'posts', '{{World.Bob}}', 2, '{{World.Deleted}}', 1, @after),
            ('posts', 'posts', '{{World.Bob}}', 3, '{{World.Deleted}}', 2, ''),
            ('posts', 'reactions', '{{World.Bob}}', 1, '{{World.Post}}:{{World.Bob}}', 1, ''),
            ('posts', 'reactions', '{{World.Ada}}', 1, '{{World.Post}}:{{World.Ada}}', 1, ''),
            ('posts', 'reactions', '{{World.Ada}}', 2, '{{World.Post}}:{{World.Ada}}', 2, ''),
            ('media', 'media', '{{World.Ada}}', 1, '{{World.Picture}}', 1, ''),
            ('media', 'media', '{{World.Bob}}', 1, '{{World.Gone}}', 1, ''),
            ('media', 'media', '{{World.Bob}}', 2, '{{World.Gone}}', 2, '');
        {{UsersLog}};
        {{PostsLog}};
        {{GraphLog}};
        {{MediaLog}};
        insert into {users.projected}.checkpoint select topic, stream, version from {users}.stream_head;
        insert into {posts.projected}.checkpoint select topic, stream, version from {posts}.stream_head
            union all select topic, stream, version from {graph}.stream_head
            union all select topic, stream, version from {media}.stream_head;
        insert into {media.projected}.checkpoint select topic, stream, version from {media}.stream_head;
        insert into {graph.projected}.checkpoint select topic, stream, version from {graph}.stream_head
            union all select topic, stream, version from {users}.stream_head;
        insert into {timelines.projected}.checkpoint select topic, stream, version from {graph}.stream_head
            union all select topic, stream, version from {posts}.stream_head where topic = 'posts';
        insert into {search.projected}.checkpoint select topic, stream, version from {timelines.projected}.checkpoint
            union all select topic, stream, version from {users}.stream_head;
        """;

    private const string LogColumns = """
        (position, event_id, topic, stream, version, entity_id, entity_version, type, schema_version, occur_time,
        sequence_time, actor, request_id, traceparent, after, log_id, payload)
        select row_number() over (), gen_random_uuid(), topic, stream, version, entity_id, entity_version, 'type', 1,
            now(), now(), stream, '', '', after, gen_random_uuid(), ''
        from event where app =
        """;

    private const string HeadColumns = "select topic, stream, max(version), 0 from event where app =";

    private const string UsersLog = $$"""
        insert into {users}.event_log {{LogColumns}} 'users';
        insert into {users}.stream_head {{HeadColumns}} 'users' group by topic, stream
        """;

    private const string PostsLog = $$"""
        insert into {posts}.event_log {{LogColumns}} 'posts';
        insert into {posts}.stream_head {{HeadColumns}} 'posts' group by topic, stream
        """;

    private const string MediaLog = $$"""
        insert into {media}.event_log {{LogColumns}} 'media';
        insert into {media}.stream_head {{HeadColumns}} 'media' group by topic, stream
        """;

    private const string GraphLog = $$"""
        insert into {graph}.event_log {{LogColumns}} 'graph';
        insert into {graph}.stream_head {{HeadColumns}} 'graph' group by topic, stream
        """;
}
