using DaprSocial.Hosting;
using DaprSocial.Media;

await ServiceHost.RunAsync(MediaModule.Service, args);
