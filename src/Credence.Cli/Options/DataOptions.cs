using System.CommandLine;
using Credence.Cli.Errors;
using Credence.Files.Inputs;

namespace Credence.Cli.Options;

/// <summary>The options of reading data; each overrides what is detected.</summary>
internal static class DataOptions
{
    /// <summary>The files or the folder, one or more.</summary>
    public static readonly Argument<string[]> Data = new("data")
    {
        Description = "Files (csv, tsv, jsonl, json, parquet, npz, idx, also .gz, .zst, .zip), - for standard input, "
            + "or a folder with a subfolder per class.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>As <see cref="Data"/>, but optional.</summary>
    public static readonly Argument<string[]> OptionalData = new("data")
    {
        Description = Data.Description,
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary><c>--kind</c></summary>
    public static readonly Option<string?> Kind = Text(
        HelpHeading.Reading, "--kind", "KIND", "Read the rows as KIND: table, text, image, audio or interactions; detected by default.");

    private static readonly Option<string?> Label = Text(
        HelpHeading.Options,
        "--label",
        "NAME|INDEX",
        "Use this column as the label: its name or 1-based number, negative from the end; A,B for several.");

    /// <summary><c>--labels</c></summary>
    public static readonly Option<string?> Labels = Text(
        HelpHeading.Columns, "--labels", "FILE", "Read the labels from FILE: idx, csv, npz, or one label per line.");

    private static readonly Option<string?> LabelPattern = Text(
        HelpHeading.Columns,
        "--label-pattern",
        "REGEX",
        "Extract (?<label>…), and optionally (?<group>…) or (?<text>…), from file names or lines.");

    private static readonly Option<string?> LabelSeparator = Text(
        HelpHeading.Columns, "--label-separator", "TEXT", "Split the label column at TEXT into several labels per row.");

    private static readonly Option<string?> LabelNames = Text(
        HelpHeading.Columns, "--label-names", "FILE", "Read the names of integer labels from FILE, one per line, the first for 0.");

    /// <summary><c>--text</c>, a column</summary>
    public static readonly Option<string?> TextColumn = Text(
        HelpHeading.Options, "--text", "NAME|INDEX", "Read this column as free text.");
    private static readonly Option<string?> Drop = Text(HelpHeading.Options, "--drop", "A,B", "Ignore these columns.");

    /// <summary><c>--category</c></summary>
    public static readonly Option<string?> Category = Text(
        HelpHeading.Columns, "--category", "A,B", "Read these columns as categories, such as codes made of digits.");

    /// <summary><c>--number</c></summary>
    public static readonly Option<string?> Number = Text(
        HelpHeading.Columns, "--number", "A,B", "Read these columns as numbers.");

    /// <summary><c>--weight</c></summary>
    public static readonly Option<string?> Weight = Text(HelpHeading.Columns, "--weight", "NAME", "Weight the rows by this column.");

    /// <summary><c>--group</c></summary>
    public static readonly Option<string?> Group = Text(
        HelpHeading.Options, "--group", "NAME", "Group the rows by this column; splits keep the rows of a group together.");

    private static readonly Option<string?> Positive = Text(
        HelpHeading.Columns, "--positive", "LABEL", "Use this one of two labels as the positive class.");

    private static readonly Option<string?> Separator = Text(
        HelpHeading.Reading, "--separator", "TEXT", "Separate columns by this character, or by tab or space; detected by default.");

    private static readonly Option<int?> Columns = new Option<int?>("--columns")
    {
        HelpName = "N",
        Description = "Split each line into N columns, at the first N − 1 separators only.",
    }.Under(HelpHeading.Reading);

    private static readonly Option<bool> Header = new Option<bool>("--header")
    {
        Description = "Read the first line as column names.",
    }.Under(HelpHeading.Reading);

    private static readonly Option<bool> NoHeader = new Option<bool>("--no-header")
    {
        Description = "Read the first line as data.",
    }.Under(HelpHeading.Reading);

    private static readonly Option<int?> SkipLines = new Option<int?>("--skip-lines")
    {
        HelpName = "N",
        Description = "Skip N lines above the header or the first row; detected by default.",
    }.Under(HelpHeading.Reading);

    /// <summary><c>--decimal</c></summary>
    public static readonly Option<string?> Decimal = Text(
        HelpHeading.Reading, "--decimal", "CHAR", "Read numbers with this sign of decimals, . or , as in 1,5; detected by default.");

    /// <summary><c>--date-order</c></summary>
    public static readonly Option<string?> DateOrder = Text(
        HelpHeading.Reading, "--date-order", "ORDER", "Read dates such as 3/4/2024 as dmy, mdy or ymd; detected by default.");

    private static readonly Option<string?> Encoding = Text(
        HelpHeading.Reading, "--encoding", "NAME", "Decode text as utf-8, utf-16, utf-16be, windows-1252 or latin1; detected by default.");

    private static readonly Option<string[]> Missing = new Option<string[]>("--missing")
    {
        HelpName = "TEXT",
        Description = "Read cells equal to TEXT as missing; may be given more than once.",
        Arity = ArgumentArity.OneOrMore,
    }.Under(HelpHeading.Reading);

    private static readonly Option<string?> Comment = Text(
        HelpHeading.Reading, "--comment", "CHAR", "Skip lines that begin with this character.");

    private static readonly Option<string?> Quote = Text(
        HelpHeading.Reading, "--quote", "CHAR", "Use this character round quoted cells, or none for no quoting.");

    /// <summary><c>--skip-bad</c></summary>
    public static readonly Option<int> SkipBad = new Option<int>("--skip-bad")
    {
        HelpName = "N",
        Description = "Leave out at most N pictures, sounds or texts of a folder that can't be read, and name them.",
    }.Under(HelpHeading.Reading);

    private static readonly Option<string?> MaxMemory = Text(
        HelpHeading.Reading,
        "--max-memory",
        "SIZE",
        "Refuse what needs more memory than SIZE, such as 500MB or 8GB; by default, than there is.");

    /// <summary><c>--split-column</c></summary>
    public static readonly Option<string?> SplitColumn = Text(
        HelpHeading.Evaluation, "--split-column", "NAME", "Split the rows by this column, whose values are train, valid or test.");

    /// <summary><c>--split-by-time</c></summary>
    public static readonly Option<string?> SplitByTime = Text(
        HelpHeading.Evaluation, "--split-by-time", "NAME", "Evaluate on the latest rows by this column.");

    /// <summary>The options of labels and of what goes with them, which rows to predict have not.</summary>
    public static readonly IReadOnlyList<Option> OfLabels =
        [Labels, LabelSeparator, LabelNames, Weight, Group, Positive, SplitColumn, SplitByTime];

    /// <summary>The options of what kind of cells a column has, which a model knows and scores have not.</summary>
    public static readonly IReadOnlyList<Option> OfKinds = [Category, Number];

    /// <summary>All of these options.</summary>
    public static readonly IReadOnlyList<Option> All =
    [
        Label, TextColumn, Drop, Group, Kind, Labels, LabelPattern, LabelSeparator, LabelNames, Category, Number, Weight, Positive,
        Separator, Columns, Header, NoHeader, SkipLines, Decimal, DateOrder, Encoding, Missing, Comment, Quote, SkipBad, MaxMemory,
        SplitColumn, SplitByTime,
    ];

    /// <summary>Adds these options to a command, except those whose names it defines itself.</summary>
    public static void AddTo(Command command)
    {
        HashSet<string> own = [.. command.Options.Select(option => option.Name)];
        foreach (Option option in All.Where(option => !own.Contains(option.Name)))
            command.Options.Add(option);
    }

    /// <summary>The options as <c>ReadOptions</c>.</summary>
    /// <exception cref="UsageException">Two options contradict each other, or one is invalid.</exception>
    public static ReadOptions Read(Invocation invocation)
    {
        if (invocation.Get(Header) && invocation.Get(NoHeader))
            throw new UsageException("--header and --no-header contradict each other.");

        if (invocation.Get(LabelSeparator) is not null)
            IdleOptions.Refuse(invocation, "with --label-separator, which reads several labels a row from a column", Labels, Positive);

        string? comment = invocation.Get(Comment);
        if (comment is { Length: not 1 })
            throw new UsageException($"--comment is '{comment}'; it must be one character.");

        if (invocation.Get(SkipBad) < 0)
            throw new UsageException($"--skip-bad is {invocation.Get(SkipBad)}; it must be at least 0.");

        if (invocation.Get(Columns) is < 1)
            throw new UsageException($"--columns is {invocation.Get(Columns)}; it must be at least 1.");

        if (invocation.Get(SkipLines) is < 0)
            throw new UsageException($"--skip-lines is {invocation.Get(SkipLines)}; it must be at least 0.");

        string? point = invocation.Get(Decimal);
        if (point is not (null or "." or ","))
            throw new UsageException($"--decimal is '{point}'; it must be . or ,");

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
            Category = invocation.Get(Category)?.Split(',') ?? [],
            Number = invocation.Get(Number)?.Split(',') ?? [],
            Weight = invocation.Get(Weight),
            Group = invocation.Get(Group),
            Positive = invocation.Get(Positive),
            SplitColumn = invocation.Get(SplitColumn),
            SplitByTime = invocation.Get(SplitByTime),
            Separator = invocation.Get(Separator),
            Columns = invocation.Get(Columns),
            HasHeader = invocation.Get(Header) ? true : invocation.Get(NoHeader) ? false : null,
            SkipLines = invocation.Get(SkipLines),
            Decimal = point?[0],
            DateOrder = invocation.Get(DateOrder),
            Encoding = invocation.Get(Encoding),
            Missing = invocation.Get(Missing) is { Length: > 0 } missing ? missing : null,
            Comment = comment?[0],
            Quote = invocation.Get(Quote),
            SkipBad = invocation.Get(SkipBad),
            MaxMemoryBytes = invocation.Get(MaxMemory) is { } size ? MemorySize.Parse(size, MaxMemory.Name) : null,
        };
    }

    /// <summary>Whether an option says where the label is.</summary>
    public static bool SaysLabel(ReadOptions options) => (options.Label ?? options.LabelsFile ?? options.LabelPattern) is not null;

    private static Option<string?> Text(HelpHeading heading, string name, string value, string description) =>
        new Option<string?>(name) { HelpName = value, Description = description }.Under(heading);
}
