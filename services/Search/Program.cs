using DaprSocial.Hosting;
using DaprSocial.Search;

await ServiceHost.RunAsync(SearchModule.Service, args);
