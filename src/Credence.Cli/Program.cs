using Credence.Cli.Commands;

return args is ["--version"] && VersionLine.TryWrite() ? 0 : await CommandRun.RunAsync(args);
