using DaprSocial.Graph;
using DaprSocial.Hosting;

await ServiceHost.RunAsync(GraphModule.Service, args);
