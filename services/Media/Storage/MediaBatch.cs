using DaprSocial.Media.Domain;

namespace DaprSocial.Media.Storage;

/// <summary>What a batch of events changes: of each medium the greatest version.</summary>
internal sealed class MediaBatch
{
    private readonly Dictionary<MediaId, Medium> _media = [];

    public IReadOnlyCollection<Medium> Media => _media.Values;

    public void Put(Medium medium)
    {
        if (!_media.TryGetValue(medium.Id, out var known) || known.EntityVersion < medium.EntityVersion)
            _media[medium.Id] = medium;
    }
}
