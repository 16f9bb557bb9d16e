using DaprSocial.Hosting;
using DaprSocial.Posts;

await ServiceHost.RunAsync(PostsModule.Service, args);
