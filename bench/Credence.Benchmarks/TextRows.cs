using System.Text;
using System.Text.Json;
using Credence.Data.Splits;
using Credence.Files.Inputs;

namespace Credence.Benchmarks;

/// <summary>Texts with labels: rows to train on, and rows to test on or a number of folds.</summary>
internal sealed record TextRows((string Text, string Label)[] Train, (string Text, string Label)[]? Test, int Folds = 0)
{
    /// <summary>The sets of the goals by name, each read when asked for.</summary>
    public static IReadOnlyList<(string Name, Func<TextRows> Read)> All(string data) =>
    [
        ("trec-6", () => Trec(data, label => label.Split(':')[0])),
        ("trec-50", () => Trec(data, label => label)),
        ("dair", () => new(Lines(data, "dair_emotion/train.txt", Emotion, 1), Lines(data, "dair_emotion/test.txt", Emotion, 1))),
        ("mr", () =>
            new([.. Lines(data, "mr/rt-polarity.neg", line => (line, "neg")), .. Lines(data, "mr/rt-polarity.pos", line => (line, "pos"))],
            null, 10)),
        ("sms", () =>
            new(Lines(data, "sms_spam/SMSSpamCollection", line => (line[(line.IndexOf('\t') + 1)..], line.Split('\t')[0]), 1), null, 5)),
        ("clinc150", () => new([.. Intents(data, "train"), .. Intents(data, "val")], Intents(data, "test"))),
    ];

    /// <summary>CLINC150's rows of a part of it.</summary>
    public static (string Text, string Label)[] Intents(string data, string part)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "clinc150", "data_full.json")));
        return [.. document.RootElement.GetProperty(part).EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!))];
    }

    /// <summary>Training and test rows a fold, the same for whoever asks.</summary>
    public IEnumerable<TextRows> Split()
    {
        if (Test is not null)
            return [this];

        (string Text, string Label)[] rows = [.. Train];
        new Numerics.Rng(1).Shuffle<(string, string)>(rows);
        return Enumerable.Range(0, Folds)
            .Select(fold => new TextRows([.. rows.Where((_, i) => i % Folds != fold)], [.. rows.Where((_, i) => i % Folds == fold)]));
    }

    private static TextRows Trec(string data, Func<string, string> label)
    {
        return new(Lines(data, "trec/train_5500.label", Question), Lines(data, "trec/TREC_10.label", Question));

        (string, string) Question(string line) => (line[(line.IndexOf(' ') + 1)..], label(line.Split(' ')[0]));
    }

    private static (string Text, string Label) Emotion(string line) => (line[..line.LastIndexOf(';')], line[(line.LastIndexOf(';') + 1)..]);

    private static (string Text, string Label)[] Lines(string data, string file, Func<string, (string, string)> parse, int skip = 0) =>
        [.. File.ReadAllLines(Path.Combine(data, file), Encoding.Latin1).Skip(skip).Select(parse)];
}
