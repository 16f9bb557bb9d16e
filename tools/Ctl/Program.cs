using DaprSocial.Ctl.Commands;

return await CommandLine.RunAsync(args);
