using Credence.Cli.Options;
using Credence.Cli.Output;

namespace Credence.Cli.Commands.Predict;

/// <summary>Chooses the output format of predictions.</summary>
internal static class PredictionWriters
{
    /// <summary>On standard output: JSON with --json, a table at a terminal, csv in a pipe.</summary>
    public static IPredictionWriter For(Invocation invocation, TextWriter to) =>
        invocation.Json ? new JsonPredictionWriter(to)
        : invocation.OutIsTerminal ? new TablePredictionWriter(Screen.Create(to, terminal: true))
        : new CsvPredictionWriter(to);

    /// <summary>To a file: JSON lines where its extension is .jsonl, else csv.</summary>
    public static IPredictionWriter ForFile(string path, TextWriter to) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? new JsonPredictionWriter(to) : new CsvPredictionWriter(to);
}
