using DaprSocial.Hosting;
using DaprSocial.Users;

await ServiceHost.RunAsync(UsersModule.Service, args);
