using Credence.Cli.Output;
using Credence.Workflows;

namespace Credence.Cli.Errors;

/// <summary>Turns an exception into a message a person can act on. A stack trace is shown only with CREDENCE_TRACE=1.</summary>
internal static class Failure
{
    /// <summary>Writes the message and returns the exit code.</summary>
    public static int Report(Exception error, TextWriter to)
    {
        while (error is AggregateException { InnerExceptions.Count: 1 } wrapped)
            error = wrapped.InnerException!;

        string sentence = OptionNames.InCommand(Sentence(error));
        to.WriteLine($"credence: {(error is UsageException ? ShownText.Lines(sentence) : ShownText.Of(sentence))}");
        if (Environment.GetEnvironmentVariable("CREDENCE_TRACE") == "1")
            to.WriteLine(ShownText.Lines(error.ToString()));

        return error is UsageException or WorkflowOptionException ? ExitCodes.Usage : ExitCodes.Failed;
    }

    private static string Sentence(Exception error) => error switch
    {
        UsageException or InvalidDataException => error.Message,
        WorkflowOptionException option => OptionHints.Complete(option),
        // The framework appends the parameter's name, which means nothing to a user.
        ArgumentException { ParamName: { } name } argument =>
            argument.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        FileNotFoundException { FileName: { } file } => $"'{file}' does not exist.",
        UnauthorizedAccessException or IOException => error.Message,
        InsufficientMemoryException => error.Message,
        OutOfMemoryException => "There is not enough memory for this data. Read fewer rows or columns, or use a machine with more memory; "
            + "--max-memory refuses earlier.",
        ArgumentException => error.Message,
        _ => $"unexpected failure, a bug in Credence: {error.GetType().Name}: {error.Message} Please report it with the command you ran; "
            + "CREDENCE_TRACE=1 shows where.",
    };
}
