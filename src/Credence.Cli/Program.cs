using System.Runtime.InteropServices;
using Credence.Cli.Commands;
using Credence.Cli.Errors;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancellationToken = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

try
{
    return await CredenceCommand.RunAsync(args, cancellationToken.Token);
}
catch (InterruptedException interrupted)
{
    Console.Error.WriteLine(interrupted.Message);
    return ExitCodes.Cancelled;
}
catch (Exception error) when (error is OperationCanceledException
    || (error is AggregateException all && all.InnerExceptions.Any(inner => inner is OperationCanceledException)))
{
    Console.Error.WriteLine("Cancelled; nothing was written.");
    return ExitCodes.Cancelled;
}
catch (Exception error)
{
    return Failure.Report(error, Console.Error);
}

void Cancel(PosixSignalContext context)
{
    // The first signal cancels cleanly; a second one exits at once.
    context.Cancel = !cancellationToken.IsCancellationRequested;
    cancellationToken.Cancel();
}
