using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Cli.Options;
using Credence.Data;
using Credence.Files.Inputs;
using Credence.Files.Records;
using Credence.Models;
using Credence.Models.Files;
using Credence.Workflows.Predictions;

namespace Credence.Cli.Commands;

/// <summary><c>credence explain</c>: the softmax step by step, or the contribution of each input to a model's score.</summary>
internal static class ExplainCommand
{
    private static readonly Option<string> Scores = new("--logits")
    {
        Description = "Explain the softmax of these scores, separated by commas: 2,1,0.1",
        HelpName = "SCORES",
    };

    private static readonly Option<string> Names = new("--names")
    {
        Description = "Name the classes of --logits, separated by commas.",
        HelpName = "NAMES",
    };

    private static readonly Option<double> Temperature = new("--temperature")
    {
        Description = "Divide the scores by T: above 1 flattens the probabilities, below 1 sharpens them.",
        HelpName = "T",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Argument<string?> Model = new("model")
    {
        Description = "A model file; not needed with --logits.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Row = new("--row") { HelpName = "A=1,B=X", Description = "Explain this row." };
    private static readonly Option<string?> Text = new("--text") { HelpName = "TEXT", Description = "Explain this text." };
    private static readonly Option<long> At = new("--at") { HelpName = "N", Description = "Explain this row of the data, counted from 0." };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("explain", "Explain a prediction by its inputs, or with --logits the softmax step by step.")
        {
            Model, DataOptions.OptionalData, Row, Text, At, Scores, Names, Temperature,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var invocation = new Invocation(parsed, cancellationToken);
            if (invocation.Get(Scores) is not null)
                ShowSteps(invocation);
            else
                ShowExplanation(invocation);

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void ShowSteps(Invocation invocation)
    {
        if (invocation.Get(Model) is { } model)
            throw new UsageException($"--logits explains scores by themselves; leave out '{model}'.");

        IdleOptions.Refuse(invocation, "with --logits", Row, Text, At);
        SoftmaxSteps steps = StepsLine.Parse(invocation.Get(Scores) ?? "", invocation.Get(Names), invocation.Get(Temperature));
        if (invocation.Json)
            steps.WriteJson(invocation.Out);
        else
            steps.WriteText(invocation.Out);
    }

    private static void ShowExplanation(Invocation invocation)
    {
        string path = invocation.Get(Model) ?? throw new UsageException("Nothing to explain: give a model and a row, or --logits 2,1,0.1.");
        IdleOptions.Refuse(invocation, "without --logits", Names, Temperature);
        Classifier classifier = ModelFile.Load(path);
        var notes = new List<string>();
        var explanation = Explanation.Compute(classifier, OneRowOf(invocation, classifier), notes);
        foreach (string note in notes)
            invocation.Progress.Note($"  {note}");

        if (invocation.Json)
            ExplanationText.WriteJson(explanation, invocation.Out);
        else
            ExplanationText.Write(explanation, invocation);
    }

    private static Table OneRowOf(Invocation invocation, Classifier classifier)
    {
        string[] paths = invocation.Get(DataOptions.OptionalData) ?? [];
        if ((invocation.Get(Row) is null ? 0 : 1) + (invocation.Get(Text) is null ? 0 : 1) + (paths.Length == 0 ? 0 : 1) > 1)
            throw new UsageException("Give one of --row, --text and a file of data.");

        if (paths.Length == 0)
            IdleOptions.Refuse(invocation, "without a file of data", At);

        if (invocation.Get(Row) is { } row)
            return OneRow.Parse(row, classifier.Pipeline.Inputs, classifier.Facts.Layout);

        if (invocation.Get(Text) is { } text)
            return OneRow.OfText(text, classifier.Pipeline.Inputs);

        if (paths.Length == 0)
            throw new UsageException("No row to explain: give --row 'a=1,b=x', --text, or a file and --at N.");

        long wanted = invocation.Get(At);
        var reading = new ReadOptions { Layout = classifier.Facts.Layout };
        using IRowSource source = DataSource.Of(paths, reading).Open(classifier.Pipeline.Inputs, invocation.Cancellation);
        foreach (DataChunk chunk in source.Read(4096, null, invocation.Cancellation))
        {
            if (wanted >= chunk.FirstRow && wanted < chunk.FirstRow + chunk.Rows)
                return chunk.Features.Select([(int)(wanted - chunk.FirstRow)]);
        }

        throw new UsageException($"--at is {wanted}; the data has no such row. Rows are counted from 0.");
    }
}
