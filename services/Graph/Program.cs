using DaprSocial.Hosting;
using DaprSocial.Graph;

await ServiceHost.RunAsync(GraphModule.Service, args);
