using Credence.Cli.Commands;

bool isDone = args is ["--version"] ? VersionLine.TryWrite() : args is ["explain", "--logits", ..] && StepsLine.TryWrite(args);
return isDone ? 0 : await CommandRun.RunAsync(args);
