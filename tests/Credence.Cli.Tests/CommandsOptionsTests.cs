using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Credence.Cli.Commands;
using Credence.Cli.Errors;
using Credence.Cli.Tests.Support;
using Credence.Numerics;

namespace Credence.Cli.Tests;

/// <summary>Every option of every way of running a command: it changes what comes out, or it is refused. An option that is accepted and
/// ignored fails here, and so does a new one that this table does not know.</summary>
[Collection(nameof(StandardOutput))]
public sealed partial class CommandsOptionsTests(OptionsWorkshop shop) : IClassFixture<OptionsWorkshop>
{
    /// <summary>What no result may depend on, by its own promise; and the name of the only model.</summary>
    private static readonly string[] WithoutEffect = ["--help", "--json", "--threads", "--quiet", "--seed", "--checkpoint", "--model"];

    public static TheoryData<string> Ways => [.. OptionsWorkshop.Ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void EveryOption_ActsOrIsRefused(string way)
    {
        string[] line = OptionsWorkshop.Ways[way];
        Command command = CredenceCommand.Root().Subcommands.Single(command => command.Name == line[0]);
        var idle = new List<string>();
        var plain = new Dictionary<string, string>();
        foreach (Option option in command.Options.Where(option => !WithoutEffect.Contains(option.Name)))
        {
            string[] tried = OptionsWorkshop.Values.TryGetValue(option.Name, out string[]? value)
                ? value
                : throw new InvalidOperationException($"Give {option.Name} a value in {nameof(OptionsWorkshop)} that must show.");
            if (tried.Length == 0 && line.Contains(option.Name))
                continue;

            (string[] with, string[] baseline) = shop.Lines(way, line, option.Name, tried);
            string key = string.Join(' ', baseline);
            if (!plain.TryGetValue(key, out string? before))
                plain.Add(key, before = shop.Run(baseline));

            string after = shop.Run(with);
            if (after == before)
                idle.Add($"{string.Join(' ', with)}: {after[..Math.Min(80, after.Length)]}");
        }

        Assert.True(idle.Count == 0, $"{way}: accepted and ignored:\n{string.Join('\n', idle)}");
    }
}

/// <summary>Tests that take over the process's standard output.</summary>
[CollectionDefinition(nameof(StandardOutput), DisableParallelization = true)]
public sealed class StandardOutput;

/// <summary>Small data, models and scores; a command line for every way of running a command; a value for every option.</summary>
public sealed partial class OptionsWorkshop : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("credence-").FullName;

    private static readonly string[] Train = ["train", "--drop", RowDrop, "--calibration", "none", "--out", "out.credence"];
    private const string Typed = "length=1,count=2,colour=red,size=2.5";
    private const int Rows = 75, StreamedRows = 300;

    // The output is the input, three numbers a row, of classes ant, bee and cicada: rows of logits are the model's logits.
    private const string SameOnnx =
        "CAc6QQoQCgF4EgF5IghJZGVudGl0eRIBZ1oUCgF4Eg8KDQgBEgkKAxIBbgoCCANiFAoBeRIPCg0IARIJCgMSAW4KAggDQgQKABAN"
        + "chkKB2NsYXNzZXMSDmFudCxiZWUsY2ljYWRh";
    private const string RowDrop = "visit,part,year";
    private const string ScoreDrop = "size,visit,part,year";

    public OptionsWorkshop()
    {
        var rng = new Rng(11);
        string[] kinds = ["ant", "bee", "cicada"];
        var rows = new List<string>();
        var scores = new List<string>();
        var tags = new List<string>();
        for (int i = 0; i < StreamedRows; i++)
        {
            int kind = (int)(3 * rng.NextDouble());
            double length = kind + rng.NextNormal(), size = 1 + (3 * rng.NextDouble());
            string colour = i % 9 == 4 ? "\"red, dark\"" : i % 2 == 0 ? "red" : "blue";
            string part = i % 5 == 0 ? "test" : "train";
            string about = string.Create(CultureInfo.InvariantCulture, $"{size:0.00},visit{i / 3},{part},{2000 + (i * 7 % Rows)}");
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"{length:0.000},{(i % 11 == 3 ? "-999" : $"{i % 7}")},{colour},{about},{kinds[kind]}"));
            string[] logits =
                [.. Enumerable.Range(0, 3).Select(k => (-Math.Pow(length - k, 2)).ToString("0.00", CultureInfo.InvariantCulture))];
            scores.Add($"{(i == 0 ? "\"-999\"" : logits[0])},{logits[1]},{logits[2]},{about},{kinds[kind]}");
            tags.Add(rows[^1][..rows[^1].LastIndexOf(',')] + $",{(length > 1 ? "big" : "small")}{(size > 2 ? "|fat" : "")}");
        }

        Write("large.csv", ["length,count,colour,size,visit,part,year,kind", .. rows]);
        Write("bare-large.csv", rows);
        Write("reversed.csv", ["ant,bee,cicada,size,visit,part,year,label", .. scores.Skip(1).Select(Negated)]);
        foreach (List<string> all in new[] { rows, scores, tags })
            all.RemoveRange(Rows, all.Count - Rows);

        rows.AddRange(rows.Take(4));
        tags.AddRange(tags.Take(4));
        Write("d.csv", ["length,count,colour,size,visit,part,year,kind", .. rows]);
        Write("test.csv", ["length,count,colour,size,visit,part,year,kind", .. rows.Take(40)]);
        Write("bare-d.csv", rows);
        Write("bare-tags.csv", tags);
        Write("bare-s.csv", scores);
        Write("tags.csv", ["length,count,colour,size,visit,part,year,kind", .. tags]);
        Write("s.csv", ["ant,bee,cicada,size,visit,part,year,label", .. scores]);
        Write("labels.txt", [.. Enumerable.Range(0, Rows).Select(i => kinds[i % 3])]);
        Write("labels40.txt", [.. Enumerable.Range(0, 40).Select(i => kinds[i % 3])]);
        Write("names.txt", ["x", "y", "z"]);
        Write("cost.csv", ["class,ant,bee,cicada,abstain", "ant,0,9,1,1", "bee,1,0,1,1", "cicada,1,1,0,1"]);
        File.WriteAllBytes(Path.Combine(folder, "same.onnx"), Convert.FromBase64String(SameOnnx));
        Run("train", "d.csv", "--label", "kind", "--drop", RowDrop, "--out", "m.credence", "--outliers", "msp");
        Run("train", "d.csv", "--label", "kind", "--drop", $"{RowDrop},colour", "--out", "m2.credence");
        Run("train", "tags.csv", "--label", "kind", "--label-separator", "|", "--drop", RowDrop, "--out", "several.credence");
        Run("calibrate", "s.csv", "--input", "logits", "--drop", ScoreDrop, "--out", "c.credence");
        Run("wrap", "same.onnx", "--data", "s.csv", "--input", "logits", "--label", "label", "--drop", ScoreDrop, "--out", "wrapped.onnx");
    }

    /// <summary>A command line for each way of running a command that takes options.</summary>
    public static Dictionary<string, string[]> Ways { get; } = new()
    {
        ["train"] = [.. Train, "d.csv", "--label", "kind"],
        ["train, several labels"] = [.. Train, "tags.csv", "--label", "kind", "--label-separator", "|"],
        ["train --stream"] = [.. Train, "large.csv", "--label", "kind", "--stream", "--epochs", "3"],
        ["predict"] = ["predict", "m.credence", "d.csv"],
        ["predict --row"] = ["predict", "m.credence", "--row", Typed],
        ["predict, several labels"] = ["predict", "several.credence", "tags.csv"],
        ["predict, calibrator"] = ["predict", "c.credence", "s.csv", "--drop", ScoreDrop],
        ["evaluate"] = ["evaluate", "m.credence", "d.csv", "--label", "kind"],
        ["evaluate, several labels"] = ["evaluate", "several.credence", "tags.csv", "--label", "kind", "--label-separator", "|"],
        ["evaluate, calibrator"] = ["evaluate", "c.credence", "s.csv", "--drop", ScoreDrop],
        ["evaluate, scores"] = ["evaluate", "s.csv", "--input", "logits", "--drop", ScoreDrop],
        ["evaluate --without-labels"] = ["evaluate", "m.credence", "d.csv", "--without-labels"],
        ["evaluate --without-labels, calibrator"] = ["evaluate", "c.credence", "s.csv", "--drop", ScoreDrop, "--without-labels"],
        ["calibrate"] = ["calibrate", "s.csv", "--input", "logits", "--drop", ScoreDrop, "--out", "out.credence"],
        ["doctor"] = ["doctor", "s.csv", "--input", "logits", "--drop", ScoreDrop, "--out", "out.credence", "--report", "r.html"],
        ["doctor, model"] = ["doctor", "m.credence"],
        ["wrap"] =
            ["wrap", "same.onnx", "--data", "s.csv", "--input", "logits", "--label", "label", "--drop", ScoreDrop, "--out", "out.onnx"],
        ["evaluate, onnx"] = ["evaluate", "same.onnx", "s.csv", "--input", "logits", "--label", "label", "--drop", ScoreDrop],
        ["predict, onnx"] = ["predict", "wrapped.onnx", "s.csv", "--label", "label", "--drop", ScoreDrop],
        ["inspect"] = ["inspect", "m.credence"],
        ["inspect, calibrator"] = ["inspect", "c.credence"],
        ["explain --logits"] = ["explain", "--logits", "2,1,0.1"],
        ["explain, row"] = ["explain", "m.credence", "--row", Typed],
        ["explain, data"] = ["explain", "m.credence", "d.csv"],
    };

    /// <summary>A value of every option that must show in what comes out.</summary>
    public static Dictionary<string, string[]> Values { get; } = new()
    {
        ["--adaptive"] = ["0.3"],
        ["--against"] = ["m2.credence"],
        ["--allow-empty-sets"] = [],
        ["--alpha"] = ["0.4"],
        ["--array"] = ["logits"],
        ["--as-given"] = [],
        ["--at"] = ["7"],
        ["--calibration"] = ["temperature"],
        ["--category"] = ["count"],
        ["--checkpoint"] = ["check.point"],
        ["--checkpoint-rows"] = ["20"],
        ["--columns"] = ["2"],
        ["--comment"] = ["-"],
        ["--conformal-rows"] = ["0.3"],
        ["--cost"] = ["cost.csv"],
        ["--coverage"] = ["0.5"],
        ["--data"] = ["reversed.csv"],
        ["--date-order"] = ["day"],
        ["--decimal"] = [","],
        ["--drop"] = ["length"],
        ["--encoding"] = ["utf-16"],
        ["--epochs"] = ["2"],
        ["--false-alarms"] = ["0.9999"],
        ["--false-discoveries"] = ["0.999"],
        ["--fit-rows"] = ["0:50"],
        ["--floor"] = ["0.2"],
        ["--folds"] = ["3"],
        ["--group"] = ["visit"],
        ["--header"] = [],
        ["--ignore-label"] = ["bee"],
        ["--input"] = ["probabilities"],
        ["--kind"] = ["text"],
        ["--keep"] = ["visit"],
        ["--known-accuracy"] = ["0.5"],
        ["--l1-ratio"] = ["0.9"],
        ["--label"] = ["colour"],
        ["--label-names"] = ["names.txt"],
        ["--label-pattern"] = ["(?<label>[a-z])"],
        ["--label-separator"] = [","],
        ["--labels"] = ["labels.txt"],
        ["--logits"] = ["1,2"],
        ["--max-memory"] = ["1KB"],
        ["--max-risk"] = ["0.3"],
        ["--method"] = ["vector"],
        ["--missing"] = ["-999"],
        ["--model"] = ["softmax"],
        ["--names"] = ["a,b,c"],
        ["--no-header"] = [],
        ["--no-stored-rows"] = [],
        ["--normalize"] = [],
        ["--number"] = ["colour"],
        ["--optimizer"] = ["sgd"],
        ["--out"] = ["other.csv"],
        ["--outliers"] = ["energy"],
        ["--positive"] = ["bee"],
        ["--prior"] = ["bee=0.9"],
        ["--quote"] = ["none"],
        ["--repeats"] = ["population"],
        ["--replace"] = [],
        ["--report"] = ["other.html"],
        ["--risk-confidence"] = ["0.6"],
        ["--risk-method"] = ["ltt"],
        ["--row"] = ["length=3,count=1"],
        ["--separator"] = [";"],
        ["--set-by"] = ["class"],
        ["--sets"] = ["aps"],
        ["--shift"] = ["bbse"],
        ["--skip-bad"] = ["1"],
        ["--skip-lines"] = ["3"],
        ["--split-by-time"] = ["year"],
        ["--split-column"] = ["part"],
        ["--split-out"] = ["parts.csv"],
        ["--splits"] = ["5"],
        ["--strange"] = ["test.csv"],
        ["--stream"] = [],
        ["--temperature"] = ["2"],
        ["--test"] = ["test.csv"],
        ["--test-labels"] = ["labels40.txt"],
        ["--test-size"] = ["0.5"],
        ["--text"] = ["colour"],
        ["--top"] = ["2"],
        ["--valid"] = ["test.csv"],
        ["--weight"] = ["size"],
        ["--without-labels"] = [],
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The command line with the option, and the one without it to compare with.</summary>
    internal (string[] With, string[] Without) Lines(string way, string[] line, string option, string[] value)
    {
        string[] without = option switch
        {
            "--header" => [.. line.Select(HeaderLess)],
            "--as-given" => [.. line.Select(word => word == "s.csv" ? "reversed.csv" : word)],
            _ => line,
        };
        if (value.Length == 1 && ScoreDrop.Split(',').Contains(value[0]) && without.Contains(ScoreDrop))
        {
            string others = string.Join(',', ScoreDrop.Split(',').Where(column => column != value[0]));
            return ([.. without.Select(word => word == ScoreDrop ? others : word), option, .. value], without);
        }

        int given = Array.IndexOf(without, option);
        return given < 0
            ? ([.. without, option, .. value], without)
            : ([.. without[..given], option, .. value, .. without[(given + 1 + value.Length)..]], without);
    }

    private static string Negated(string scores) => scores.Replace("-", "", StringComparison.Ordinal);

    /// <summary>A header that is there is found: the option shows where there is none.</summary>
    private static string HeaderLess(string word) => word switch
    {
        "d.csv" or "large.csv" or "tags.csv" or "s.csv" => $"bare-{word}",
        "kind" or "label" => "-1",
        ScoreDrop => "4,5,6,7",
        RowDrop => "5,6,7",
        _ => word,
    };

    /// <summary>Runs a command line in this process.</summary>
    /// <returns>The exit code, standard output without its seconds, the message, and the SHA-256 of every file written.</returns>
    public string Run(params string[] line)
    {
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out, error = Console.Error;
        var output = new StringWriter();
        var messages = new StringWriter();
        HashSet<string> inputs = [.. Directory.GetFiles(folder)];
        int code;
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Console.SetError(TextWriter.Null);
            code = CredenceCommand.RunAsync([.. line, "--json"], CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            code = Failure.Report(failure, messages);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            Console.SetOut(console);
            Console.SetError(error);
        }

        string[] written = [.. Directory.GetFiles(folder).Where(file => !inputs.Contains(file)).Order()];
        string files = string.Join(' ', written.Select(Sum));
        foreach (string file in written.Where(file => !Kept(file)))
            File.Delete(file);

        return $"{code} {messages} {Seconds().Replace(output.ToString(), "")} {files}";
    }

    private static bool Kept(string file) =>
        Path.GetFileName(file) is "m.credence" or "m2.credence" or "several.credence" or "c.credence" or "wrapped.onnx";

    private static string Sum(string file) => file.EndsWith(".html", StringComparison.Ordinal)
        ? Path.GetFileName(file)
        : $"{Path.GetFileName(file)}:{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}";

    private void Write(string name, IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(folder, name), lines);

    [GeneratedRegex("\"seconds\":\\{[^}]*\\}")]
    private static partial Regex Seconds();
}
