using DaprSocial.Hosting;
using DaprSocial.Timelines;

await ServiceHost.RunAsync(TimelinesModule.Service, args);
