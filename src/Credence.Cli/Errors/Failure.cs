using Credence.Cli.Output;
using Credence.Workflows;

namespace Credence.Cli.Errors;

/// <summary>Turns what went wrong into a line a person can act on. A stack trace is never shown, unless CREDENCE_TRACE=1 asks for it.</summary>
internal static class Failure
{
    /// <summary>Says what went wrong and gives the exit code.</summary>
    public static int Report(Exception error, TextWriter to)
    {
        while (error is AggregateException { InnerExceptions.Count: 1 } wrapped)
            error = wrapped.InnerException!;

        to.WriteLine($"credence: {OptionNames.InCommand(Sentence(error))}");
        if (Environment.GetEnvironmentVariable("CREDENCE_TRACE") == "1")
            to.WriteLine(error);

        return error is UsageException or WorkflowOptionException ? ExitCodes.Usage : ExitCodes.Failed;
    }

    private static string Sentence(Exception error) => error switch
    {
        UsageException or InvalidDataException => error.Message,
        WorkflowOptionException option => OptionHints.Complete(option),
        // The framework appends the parameter's name; the person never sees parameters.
        ArgumentException { ParamName: { } name } argument => argument.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        FileNotFoundException { FileName: { } file } => $"'{file}' does not exist.",
        UnauthorizedAccessException or IOException => error.Message,
        InsufficientMemoryException => $"{error.Message} Give --stream to train from disk, in memory that does not grow with the rows.",
        OutOfMemoryException => "There is not enough memory for this data. Train with --stream, or try fewer rows, or a machine with more.",
        ArgumentException => error.Message,
        _ => $"an unexpected failure, which is a fault of ours: {error.GetType().Name}: {error.Message} Please report it with the command you ran; CREDENCE_TRACE=1 shows where.",
    };
}
