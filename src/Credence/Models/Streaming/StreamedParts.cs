using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Data.Splits;

namespace Credence.Models.Streaming;

/// <summary>The result of the first pass over a stream: its classes, the rows held out of training, and a sample of the others.</summary>
/// <remarks>A row's part is decided by a keyed hash of its content, or of its group's name: equal rows, and rows of one group, are in one
/// part, and every later pass finds the same parts without storing rows. Where the first rows of the stream show that equal rows are a
/// population's, the row's number is hashed too.</remarks>
internal sealed class StreamedParts
{
    private const int MostClasses = 1 << 16;

    /// <summary>The most held-out rows times classes: each has logits and probabilities, some 1 GB in all.</summary>
    private const int MostHeldOutScores = 1 << 25;

    private const ulong PartKey = 0x7061727473, WhichKey = 0x7768696368;

    private readonly HashSet<string> onlyTrained = new(StringComparer.Ordinal);
    private readonly ulong seed;
    private ulong limit;
    private RepeatedRows repeats;

    private StreamedParts(ulong seed) => this.seed = seed;

    /// <summary>The classes' names, in the order of <see cref="Labels.From(CategoryColumn)"/>.</summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>The number of training rows.</summary>
    public long TrainRows { get; private set; }

    /// <summary>The number of training rows of each class.</summary>
    public int[] ClassCounts { get; private set; } = [];

    /// <summary>The mean weight of the training rows.</summary>
    public double MeanWeight { get; private set; } = 1;

    /// <summary>The number of rows without a label, which are ignored.</summary>
    public long Unlabelled { get; private set; }

    /// <summary>A sample of the training rows.</summary>
    public DataSet Sample { get; private set; } = null!;

    /// <summary>The rows for testing, for calibration and for prediction sets.</summary>
    public DataSet[] HeldOut { get; private set; } = [];

    /// <summary>A warning about the order of the rows; null for none.</summary>
    public string? OrderWarning { get; private set; }

    /// <summary>What equal rows are taken for, as a note; null where none of the first rows repeats.</summary>
    public string? RepeatsNote { get; private set; }

    /// <summary>The fingerprint of the rows: streams with the same rows in the same order have equal ones.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Makes the first pass.</summary>
    /// <exception cref="InvalidDataException">The rows are unsuitable for training; the message says why.</exception>
    public static StreamedParts Read(
        IStreamedRows stream, StreamedClassifierOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double[] shares = [options.TestFraction, options.CalibrationFraction, options.Classifier.ConformalFraction];
        var parts = new StreamedParts(options.Classifier.Seed);
        var heldOut = new BottomKSample(shares.Sum(), options.MaxHeldOutRows);
        var sample = new BottomKSample(1, options.SampleRows);
        var counts = new Dictionary<string, (long Rows, double Weight)>(StringComparer.Ordinal);
        var order = new LabelOrderCheck(options.Training.BufferRows);
        ulong content = 0;
        long rows = 0;
        foreach (DataChunk chunk in stream.Read(progress, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataSet part = chunk.ToStreamedPart();
            Labels labels = part.Labels!;
            RowCheck.Finite(part.Features, chunk.PlaceOf);
            RowCheck.Weights(part.Weights, chunk.PlaceOf);
            if (chunk.FirstRow == 0)
                parts.JudgeRepeats(part, options.Classifier.Repeats);

            ulong[] hashes = RowHash.Compute(part.Features), keys = parts.Keys(chunk, hashes), sampleKeys = new ulong[keys.Length];
            ulong[] names = [.. labels.Names.Select(name => ByteHash.Mix(2, Encoding.UTF8.GetBytes(name)))];
            var held = new List<int>();
            var trained = new List<int>();
            for (int row = 0; row < keys.Length; row++)
            {
                rows++;
                content = ByteHash.Mix(ByteHash.Mix(content, hashes[row]), labels[row] < 0 ? 0 : names[labels[row]]);
                if (labels[row] < 0)
                {
                    parts.Unlabelled++;
                    continue;
                }

                double weight = part.Weights?[row] ?? 1;
                string name = labels.Names[labels[row]];
                order.Add(name);
                (long seen, double sum) = counts.GetValueOrDefault(name);
                counts[name] = (seen + 1, sum + weight);
                content = part.Weights is null ? content : ByteHash.Mix(content, BitConverter.DoubleToUInt64Bits(weight));
                (keys[row] < heldOut.Limit ? held : trained).Add(row);
                sampleKeys[row] = RowSample.KeyOf(hashes[row], rows, parts.seed);
            }

            if (counts.Count > MostClasses)
                throw new InvalidDataException($"There are more than {MostClasses} distinct labels. Is this the right label column?");

            heldOut.Offer(part, held, keys);
            sample.Offer(part, trained, sampleKeys);
        }

        parts.Finish(heldOut, sample, counts, shares);
        parts.OrderWarning = order.Warning();
        parts.Fingerprint = $"{rows} rows, {content:x16}";
        return parts;
    }

    /// <summary>The training rows of a part of the stream, and their classes.</summary>
    public (int[] Rows, int[] Labels) Trained(DataChunk chunk, DataSet part, Dictionary<string, int> index)
    {
        Labels labels = part.Labels!;
        ulong[] keys = Keys(chunk, RowHash.Compute(part.Features));
        int[] classes = [.. labels.Names.Select(name => index.GetValueOrDefault(name, -1))];
        bool[] always = [.. labels.Names.Select(onlyTrained.Contains)];
        var rows = new List<int>(keys.Length);
        for (int row = 0; row < keys.Length; row++)
        {
            if (labels[row] >= 0 && (keys[row] >= limit || always[labels[row]]))
                rows.Add(row);
        }

        return ([.. rows], [.. rows.Select(row => classes[labels[row]])]);
    }

    private ulong[] Keys(DataChunk chunk, ulong[] hashes)
    {
        ulong key = ByteHash.Mix(PartKey, seed);
        bool isNumbered = repeats == RepeatedRows.Population;
        return [.. hashes.Select((hash, row) => ByteHash.Mix(key,
            chunk.Groups?[row] is { } group ? ByteHash.Mix(3, Encoding.UTF8.GetBytes(group))
            : isNumbered ? ByteHash.Mix(hash, (ulong)(chunk.FirstRow + row))
            : hash))];
    }

    private void JudgeRepeats(DataSet part, RepeatedRows asked)
    {
        RowRepeats judged = RowRepeats.Judge(part, asked);
        repeats = judged.Are;
        RepeatsNote = judged.Note is { } note ? $"by the first {part.Rows} rows, {note}" : null;
    }

    private void Finish(BottomKSample heldOut, BottomKSample sample, Dictionary<string, (long Rows, double Weight)> counts, double[] shares)
    {
        if (counts.Count < 2)
        {
            throw new InvalidDataException(counts.Count == 0
                ? "There are no training rows."
                : $"All {counts.Values.Sum(count => count.Rows)} rows have the label '{counts.Keys.First()}': training needs at least two "
                    + "classes. Is this the right label column?");
        }

        Classes = Labels.From(CategoryColumn.FromNames("label", [.. counts.Keys])).Names;

        // A class whose rows would all be held out is trained on: held-out rows of a class that the model does not have can't be evaluated.
        heldOut.ShrinkTo(MostHeldOutScores / Classes.Count);
        Dictionary<string, long> held = heldOut.Counts();
        limit = heldOut.Limit;
        onlyTrained.UnionWith(counts.Where(count => held.GetValueOrDefault(count.Key) == count.Value.Rows).Select(count => count.Key));
        (Table Features, string?[] Labels, double[]? Weights, RowPlaces? Places, ulong[] Keys) rows =
            heldOut.Take(name => !onlyTrained.Contains(name))
            ?? throw new InvalidDataException($"Of {counts.Values.Sum(count => count.Rows)} rows none can be held out for calibration or "
                + "testing: they are too few, or all equal.");
        DataSet all = Set(rows);
        int[] part = [.. rows.Keys.Select(key => PartOf(key, shares))];
        HeldOut = [.. shares.Select((_, p) => all.Select([.. Enumerable.Range(0, part.Length).Where(row => part[row] == p)]))];
        if (HeldOut[1].Rows == 0)
            throw new InvalidDataException($"Of {counts.Values.Sum(count => count.Rows)} rows none fell into the calibration part; there "
                + "are too few. Train without streaming.");

        int[] taken = all.Labels!.Counts();
        ClassCounts = [.. Classes.Select((name, k) => checked((int)(counts[name].Rows - taken[k])))];
        TrainRows = ClassCounts.Sum(count => (long)count);
        MeanWeight = (counts.Values.Sum(count => count.Weight) - (rows.Weights?.Sum() ?? all.Rows)) / TrainRows;
        if (TrainRows > int.MaxValue)
            throw new InvalidDataException($"There are {TrainRows} training rows; the maximum is {int.MaxValue}.");
        if (!(MeanWeight > 0))
            throw new InvalidDataException("All weights of the training rows are 0; at least one must be above 0.");

        Sample = Set(sample.Take()
            ?? throw new InvalidDataException("All rows are held out of training: there are too few, or too many are equal."));
    }

    /// <summary>A second hash of a held-out row, as a position within the parts' fractions.</summary>
    private int PartOf(ulong key, double[] shares)
    {
        double at = (ByteHash.Mix(ByteHash.Mix(WhichKey, seed), key) >> 11) * (1.0 / (1UL << 53)) * shares.Sum();
        int part = 0;
        while (part < shares.Length - 1 && (at >= shares[part] || shares[part] == 0))
            at -= shares[part++];
        return shares[part] == 0 ? 1 : part;
    }

    private DataSet Set((Table Features, string?[] Labels, double[]? Weights, RowPlaces? Places, ulong[] Keys) rows) =>
        new(rows.Features, LabelMatching.ToClasses(Labels.From(CategoryColumn.FromNames("label", rows.Labels)), Classes))
        {
            Weights = rows.Weights,
            Places = rows.Places,
        };
}
