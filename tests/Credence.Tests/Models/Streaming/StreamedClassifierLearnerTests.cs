using Credence.Data;
using Credence.Data.Columns;
using Credence.Evaluation.Results;
using Credence.Linear;
using Credence.Models;
using Credence.Models.Files;
using Credence.Models.Learning;
using Credence.Models.Streaming;
using Credence.Numerics;

namespace Credence.Tests.Models.Streaming;

public sealed class StreamedClassifierLearnerTests
{
    private static readonly StreamedClassifierOptions Options = new()
    {
        Classifier = new() { Seed = 3 },
        Training = new() { Epochs = 15, BatchRows = 64 },
    };

    [Fact]
    public void Classifier_IsNearTheExactOne_AndItsPartsHaveNoRowInCommon()
    {
        var rows = new TableRows(3000, 400);
        StreamedFit streamed = new StreamedClassifierLearner(Options).Fit(rows);
        Classifier exact = new ClassifierLearner(new() { Seed = 3 }).Fit(rows.All()).Classifier;

        Assert.Equal(3000, streamed.Test.Rows + streamed.Fit.Classifier.Facts.CalibrationRows + streamed.Fit.Classifier.Facts.TrainRows);
        Assert.InRange(streamed.Test.Rows, 500, 700);
        Assert.InRange(streamed.Fit.Classifier.Facts.CalibrationRows, 230, 370);
        double near = streamed.Fit.Classifier.Evaluate(streamed.Test).Calibrated[MetricName.LogLoss].Value;
        double best = exact.Evaluate(streamed.Test).Calibrated[MetricName.LogLoss].Value;
        Assert.InRange(near, 0, best + 0.03);
        Assert.Equal(15, streamed.Passes.Count);
        Assert.NotNull(streamed.Fit.Classifier.Sets);
    }

    [Fact]
    public void File_IsTheSameToTheByte_WhateverTheChunksOfReadingHeldOut_TheThreads_OrABreak()
    {
        string checkpoint = Path.GetTempFileName();
        File.Delete(checkpoint);
        try
        {
            byte[] whole = Bytes(Options, new TableRows(2000, 300), null);
            Assert.Equal(whole,
                Bytes(Options with { Classifier = Options.Classifier with { MaxThreads = 2 } }, new TableRows(2000, 300), null));

            using var cancellationToken = new CancellationTokenSource();
            var breaking = new TableRows(2000, 300) { OnChunk = read => { if (read == 40) cancellationToken.Cancel(); } };
            Assert.ThrowsAny<OperationCanceledException>(() =>
                new StreamedClassifierLearner(Options).Fit(breaking, checkpoint, null, cancellationToken.Token));
            Assert.True(File.Exists(checkpoint));
            Assert.Equal(whole, Bytes(Options, new TableRows(2000, 300), checkpoint));

            string other = Assert.Throws<ArgumentException>(() =>
                new StreamedClassifierLearner(Options).Fit(new TableRows(2001, 300), checkpoint)).Message;
            Assert.Contains("other data", other);
            File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..200]);
            Assert.Contains("can't be resumed",
                Assert.Throws<InvalidDataException>(() => new StreamedClassifierLearner(Options).Fit(new TableRows(2000, 300), checkpoint))
                .Message);
        }
        finally
        {
            File.Delete(checkpoint);
        }

        static byte[] Bytes(StreamedClassifierOptions options, TableRows rows, string? path) =>
            ModelFile.ToBytes(new StreamedClassifierLearner(options).Fit(rows, path).Fit.Classifier);
    }

    [Fact]
    public void HeldOutRows_AreBounded_WhateverTheOrder()
    {
        StreamedFit fit = new StreamedClassifierLearner(
            Options with { MaxHeldOutRows = 90, Training = Options.Training with { Epochs = 1 } }).Fit(new TableRows(3000, 400));
        StreamedFit turned =
            new StreamedClassifierLearner(Options with { MaxHeldOutRows = 90, Training = Options.Training with { Epochs = 1 } })
            .Fit(new TableRows(3000, 170) { Reversed = true });

        Assert.Equal(90, fit.Test.Rows + fit.Fit.Classifier.Facts.CalibrationRows);
        Assert.Equal(RowHash.Compute(fit.Test.Features).Order(), RowHash.Compute(turned.Test.Features).Order());
    }

    [Fact]
    public void ClassOfHeldOutRowsOnly_IsTrainedOn()
    {
        // One row of a class of its own, and whichever part its content falls to, it is learnt.
        for (int at = 0; at < 6; at++)
        {
            int only = at * 11;
            StreamedFit fit = new StreamedClassifierLearner(Options with { Training = Options.Training with { Epochs = 1 } })
                .Fit(new TableRows(300, 50) { Relabel = row => row == only ? "rare" : null });
            int k = fit.Fit.Classifier.Classes.ToList().IndexOf("rare");
            Assert.Equal(1, fit.Fit.Classifier.Facts.ClassCounts[k]);
            Assert.DoesNotContain(k, fit.Test.Labels!.Indices.ToArray());
        }
    }

    [Fact]
    public void HostileRows_AreRefused_ByFileAndLineWhereThereIsOne()
    {
        Assert.Contains("no training rows", Refusal(new TableRows(0, 50)));
        Assert.Contains("have the label 'a'", Refusal(new TableRows(300, 50) { Relabel = _ => "a" }));
        Assert.Contains("made.csv line 124, column 'x0'",
            Refusal(new TableRows(300, 50) { Cell = (row, value) => row == 122 ? double.PositiveInfinity : value }));
        Assert.Contains("too far",
            Refusal(new TableRows(300, 50) { Cell = (row, value) => row is >= 200 and < 206 ? row * 1e300 : value }, sample: 5));

        static string Refusal(TableRows rows, int sample = 1000) => Assert.Throws<InvalidDataException>(() =>
            new StreamedClassifierLearner(Options with { SampleRows = sample }).Fit(rows)).Message;
    }

    [Fact]
    public void SortedRows_AreWarnedOf_BeforeTheTraining()
    {
        var sorted = new TableRows(900, 100) { Relabel = row => $"kind {row / 300}" };
        StreamedClassifierOptions options = Options with { Training = Options.Training with { Epochs = 1, BufferRows = 200 } };
        var said = new List<LearningProgress>();
        StreamedFit fit = new StreamedClassifierLearner(options).Fit(sorted, null, new Told(said));

        Assert.Contains("are sorted by their labels",
            Assert.Single(fit.Fit.Notes, note => note.Contains("200 rows", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(said.FindIndex(progress => progress.Note is not null), 0, said.FindIndex(progress => progress.Stage == "training")
            - 1);
        Assert.DoesNotContain(new StreamedClassifierLearner(options).Fit(new TableRows(900, 100)).Fit.Notes, note =>
            note.Contains("sorted", StringComparison.Ordinal));
    }

    private sealed class Told(List<LearningProgress> said) : IProgress<LearningProgress>
    {
        public void Report(LearningProgress value) => said.Add(value);
    }

    [Fact]
    public void Positive_IsTheSecondClass()
    {
        var rows = new TableRows(600, 100) { Relabel = row => row % 3 == 0 ? "no" : "yes" };
        StreamedFit plain = new StreamedClassifierLearner(Options)
            .Fit(rows), turned = new StreamedClassifierLearner(Options with { Positive = "no" }).Fit(rows);

        Assert.Equal(["no", "yes"], plain.Fit.Classifier.Classes);
        Assert.Equal(["yes", "no"], turned.Fit.Classifier.Classes);
        Assert.Equal(plain.Fit.Classifier.Facts.ClassCounts[0], turned.Fit.Classifier.Facts.ClassCounts[1]);
        Assert.Equal(((ILinearModel)plain.Fit.Classifier.Model).Bias[0], ((ILinearModel)turned.Fit.Classifier.Model).Bias[1]);
    }

    /// <summary>Rows drawn from a seed, three numbers and a colour, in chunks.</summary>
    private sealed class TableRows(int rows, int perChunk) : IStreamedRows
    {
        private int read;

        public Func<int, string?> Relabel { get; init; } = _ => null;

        public Func<int, double, double> Cell { get; init; } = (_, value) => value;

        public Action<int>? OnChunk { get; init; }

        public bool Reversed { get; init; }

        public DataSet All() => Make([.. Enumerable.Range(0, rows)]);

        public IEnumerable<DataChunk> Read(IProgress<double>? progress = null, CancellationToken cancellationToken = default)
        {
            for (int first = 0; first < rows; first += perChunk)
            {
                cancellationToken.ThrowIfCancellationRequested();
                OnChunk?.Invoke(++read);
                int[] chosen = [.. Enumerable.Range(first, Math.Min(perChunk, rows - first)).Select(row =>
                    Reversed ? rows - 1 - row : row)];
                DataSet part = Make(chosen);
                yield return new DataChunk(part.Features, first)
                {
                    Labels = CategoryColumn.FromNames("label", [.. part.Labels!.Indices.ToArray().Select(k => part.Labels.Names[k])]),
                    Places = RowPlaces.OfLines([(0, "made.csv")], [.. Enumerable.Range(first + 2, chosen.Length)]),
                };
            }
        }

        private DataSet Make(int[] chosen)
        {
            var x = new double[3][];
            for (int j = 0; j < 3; j++)
                x[j] = new double[chosen.Length];
            var colours = new string[chosen.Length];
            var labels = new string[chosen.Length];
            for (int i = 0; i < chosen.Length; i++)
            {
                Rng rng = new Rng(11).Split((ulong)chosen[i]);
                int k = chosen[i] % 3;
                for (int j = 0; j < 3; j++)
                    x[j][i] = Cell(chosen[i], rng.NextNormal() + (j == k ? 1.5 : 0));
                colours[i] = rng.NextDouble() < 0.3 * k ? "red" : "blue";
                labels[i] = Relabel(chosen[i]) ?? $"kind {k}";
            }

            return new DataSet(
                new Table([.. x.Select((values, j) => new NumberColumn($"x{j}", values)), CategoryColumn.FromNames("colour", colours)]),
                Labels.From(CategoryColumn.FromNames("label", labels)));
        }
    }
}
