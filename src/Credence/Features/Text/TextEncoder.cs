using System.Text.Json.Nodes;
using Credence.Data.Columns;
using Credence.Features.Columns;
using Credence.Features.Options;
using Credence.Persistence;

namespace Credence.Features.Text;

/// <summary>Text as TF-IDF of its word n-grams, character n-grams and skip-grams.</summary>
internal sealed class TextEncoder : IColumnEncoder
{
    private const string Kind = "text";
    private readonly TextOptions options;
    private readonly GramBlock[] blocks;
    private string[]? names;

    private TextEncoder(string column, TextOptions options, GramBlock[] blocks, double typicalNonzeros)
    {
        this.options = options;
        this.blocks = blocks;
        Input = new ColumnSchema(column, ColumnKind.Text);
        Width = blocks.Sum(block => block.Vocabulary.Count);
        TypicalNonzeros = typicalNonzeros;
    }

    /// <summary>The kind's entry in <see cref="ColumnEncodings"/>.</summary>
    public static ColumnEncoding Encoding { get; } = new(
        ColumnKind.Text,
        Kind,
        "text",
        (IColumn column, FeatureOptions options, CancellationToken token, out string? leftOut) =>
            Fit((TextColumn)column, options.Text, options.Threads, token, out leftOut),
        Load);

    public ColumnSchema Input { get; }

    public IReadOnlyList<string> Names => names ??= [.. blocks.SelectMany(block => block.Names)];

    public int Width { get; }

    public double TypicalNonzeros { get; }

    public double? SharedNorm => Math.Sqrt(blocks.Sum(block => block.Norm * block.Norm));

    /// <summary>Fits the encoder; null, with the reason, where the column has no usable variation.</summary>
    public static TextEncoder? Fit(
        TextColumn column, TextOptions options, int maxThreads, CancellationToken cancellationToken, out string? leftOut)
    {
        leftOut = null;
        var blocks = new List<GramBlock>();
        double nonzeros = 0;
        foreach (IGramReader reader in Readers(options))
        {
            DocumentFrequencies counted = DocumentFrequencies.Count(column, reader, maxThreads, cancellationToken);
            var vocabulary = Vocabulary.Fit(counted, column.Count, options.MinTexts, options.MaxFeatures);
            nonzeros += vocabulary.TotalFrequency / (double)Math.Max(column.Count, 1);
            blocks.Add(Block(reader, vocabulary, options));
        }

        if (blocks.Sum(block => block.Vocabulary.Count) > 0)
            return new TextEncoder(column.Name, options, [.. blocks], nonzeros);

        leftOut = $"column '{column.Name}' has no word in {options.MinTexts} texts or more: left out";
        return null;
    }

    public IColumn? Convert(IColumn column, out int failed)
    {
        failed = 0;
        return column.Texts() is { } texts ? TextColumn.FromStrings(column.Name, texts) : null;
    }

    public RowEncoder Read(IColumn column)
    {
        var texts = (TextColumn)column;
        return (row, output) =>
        {
            for (int i = 0, offset = 0; i < blocks.Length; offset += blocks[i++].Vocabulary.Count)
                blocks[i].Write(texts.Utf8(row), output, offset);
        };
    }

    public JsonObject Save(NamedTensors tensors, string prefix)
    {
        for (int i = 0; i < blocks.Length; i++)
            blocks[i].Vocabulary.Save(tensors, $"{prefix}{i}.");

        return new JsonObject
        {
            ["kind"] = Kind,
            ["column"] = Input.Name,
            ["texts"] = blocks[0].Vocabulary.Texts,
            ["typical_nonzeros"] = TypicalNonzeros,
            ["max_words"] = options.MaxWords,
            ["min_characters"] = options.MinCharacters,
            ["max_characters"] = options.MaxCharacters,
            ["max_gap"] = options.MaxGap,
            ["word_norm"] = options.WordNorm,
            ["character_norm"] = options.CharacterNorm,
            ["gap_norm"] = options.GapNorm,
        };
    }

    public static TextEncoder Load(JsonObject saved, NamedTensors tensors, string prefix)
    {
        var options = new TextOptions
        {
            MaxWords = saved.Integer("max_words"),
            MinCharacters = saved.Integer("min_characters"),
            MaxCharacters = saved.Integer("max_characters"),
            MaxGap = saved.Integer("max_gap"),
            WordNorm = saved.Number("word_norm"),
            CharacterNorm = saved.Number("character_norm"),
            GapNorm = saved.Number("gap_norm"),
        };
        try
        {
            options.Check();
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The model's description of its text features is invalid: {error.Message}", error);
        }

        int texts = saved.Integer("texts");
        GramBlock[] blocks =
            [.. Readers(options).Select((reader, i) => Block(reader, Vocabulary.Load(tensors, $"{prefix}{i}.", texts), options))];
        double nonzeros = saved.Number("typical_nonzeros");
        return nonzeros >= 0
            ? new TextEncoder(saved.Text("column"), options, blocks, nonzeros)
            : throw new InvalidDataException($"The model's description has {nonzeros} typical features a text; it must be 0 or more.");
    }

    private static IEnumerable<IGramReader> Readers(TextOptions options)
    {
        if (options.MaxWords > 0)
            yield return new WordGrams(options.MaxWords);

        if (options.MaxCharacters > 0)
            yield return new CharGrams(options.MinCharacters, options.MaxCharacters);

        if (options.MaxGap > 0)
            yield return new SkipGrams(options.MaxGap);
    }

    private static GramBlock Block(IGramReader reader, Vocabulary vocabulary, TextOptions options) =>
        new(reader, vocabulary, reader switch
        {
            WordGrams => options.WordNorm,
            CharGrams => options.CharacterNorm,
            _ => options.GapNorm,
        });
}
