using System.CommandLine;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Patterns;

namespace Credence.Cli.Options;

/// <summary>The options that say how data is read; each overrides a guess.</summary>
internal static class DataOptions
{
    /// <summary>The files or the folder, one or more.</summary>
    public static readonly Argument<string[]> Data = new("data")
    {
        Description = "One or more files (csv, tsv, jsonl, parquet, npz, idx, also .gz; - is standard input) or a folder with a folder a class.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>As <see cref="Data"/>, but may be left out.</summary>
    public static readonly Argument<string[]> OptionalData = new("data") { Description = Data.Description, Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Kind = Text("--kind", "KIND", "What the rows are: table, text, image, audio or interactions.");
    private static readonly Option<string?> Label = Text("--label", "NAME|INDEX", "The label's column, by name or 1-based number; negative counts from the end.");
    private static readonly Option<string?> Labels = Text("--labels", "FILE", "The labels in a file of their own: idx, csv, npz or one a line.");
    private static readonly Option<string?> LabelPattern = Text("--label-pattern", "REGEX", "The label, as (?<label>…), and perhaps (?<group>…), from the file's name or the line.");
    private static readonly Option<string?> LabelSeparator = Text("--label-separator", "TEXT", "What stands between several labels of a row.");
    private static readonly Option<string?> LabelNames = Text("--label-names", "FILE", "Names for labels that are numbers, one a line, the first for 0.");
    private static readonly Option<string?> TextColumn = Text("--text", "NAME|INDEX", "A column to read as free text.");
    private static readonly Option<string?> Drop = Text("--drop", "A,B", "Columns to leave out.");
    private static readonly Option<string?> Weight = Text("--weight", "NAME", "The column of the rows' weights.");
    private static readonly Option<string?> Group = Text("--group", "NAME", "The column whose equal values stay on one side of a split.");
    private static readonly Option<string?> Positive = Text("--positive", "LABEL", "Of two labels the one that counts as positive.");
    private static readonly Option<string?> Separator = Text("--separator", "TEXT", "What stands between columns: a character, or tab or space.");
    private static readonly Option<int?> Columns = new("--columns") { HelpName = "N", Description = "Split a line at the first N − 1 separators only." };
    private static readonly Option<bool> Header = new("--header") { Description = "The first line names the columns." };
    private static readonly Option<bool> NoHeader = new("--no-header") { Description = "The first line is data." };
    private static readonly Option<string?> Encoding = Text("--encoding", "NAME", "The text's encoding: utf-8, utf-16, utf-16be or latin1.");
    private static readonly Option<string[]> Missing = new("--missing") { HelpName = "TEXT", Description = "A cell that means a value is missing; may be given more than once.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Comment = Text("--comment", "CHAR", "The character that begins a line which is no data.");
    private static readonly Option<string?> Quote = Text("--quote", "CHAR", "The character round a cell that may hold separators, or none.");
    private static readonly Option<string?> SplitColumn = Text("--split-column", "NAME", "The column that says train, valid or test.");
    private static readonly Option<string?> SplitByTime = Text("--split-by-time", "NAME", "Measure on the latest rows by this column.");

    private static readonly Option[] All =
    [
        Kind, Label, Labels, LabelPattern, LabelSeparator, LabelNames, TextColumn, Drop, Weight, Group, Positive,
        Separator, Columns, Header, NoHeader, Encoding, Missing, Comment, Quote, SplitColumn, SplitByTime,
    ];

    /// <summary>Gives a command these options, but for those whose name it uses itself.</summary>
    public static void AddTo(Command command)
    {
        HashSet<string> own = [.. command.Options.Select(option => option.Name)];
        foreach (Option option in All.Where(option => !own.Contains(option.Name)))
            command.Options.Add(option);
    }

    /// <summary>The options as the readers take them.</summary>
    /// <exception cref="UsageException">Two options contradict each other, or one has no meaning.</exception>
    public static ReadOptions Read(Invocation invocation)
    {
        if (invocation.Get(Header) && invocation.Get(NoHeader))
            throw new UsageException("--header and --no-header contradict each other.");

        string? comment = invocation.Get(Comment);
        if (comment is { Length: not 1 })
            throw new UsageException($"--comment is '{comment}'; it must be one character.");

        if (invocation.Get(Columns) is < 1)
            throw new UsageException($"--columns is {invocation.Get(Columns)}; it must be at least 1.");

        return new ReadOptions
        {
            Kind = invocation.Get(Kind),
            Label = invocation.Get(Label),
            LabelsFile = invocation.Get(Labels),
            LabelPattern = invocation.Get(LabelPattern),
            LabelSeparator = invocation.Get(LabelSeparator),
            LabelNames = invocation.Get(LabelNames),
            Text = invocation.Get(TextColumn),
            Drop = invocation.Get(Drop)?.Split(',') ?? [],
            Weight = invocation.Get(Weight),
            Group = invocation.Get(Group),
            Positive = invocation.Get(Positive),
            SplitColumn = invocation.Get(SplitColumn),
            SplitByTime = invocation.Get(SplitByTime),
            Separator = invocation.Get(Separator),
            Columns = invocation.Get(Columns),
            HasHeader = invocation.Get(Header) ? true : invocation.Get(NoHeader) ? false : null,
            Encoding = invocation.Get(Encoding),
            Missing = invocation.Get(Missing) is { Length: > 0 } missing ? missing : null,
            Comment = comment?[0],
            Quote = invocation.Get(Quote),
        };
    }

    /// <summary>Whether the label's place was given in some way.</summary>
    public static bool SaysLabel(ReadOptions options) => (options.Label ?? options.LabelsFile ?? options.LabelPattern) is not null;

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };
}
