using System.Runtime.InteropServices;

namespace Credence.Data.Columns;

/// <summary>Audio clips of any length, one per row, all mono and at one sample rate.</summary>
/// <param name="name">The column's name.</param>
/// <param name="samples">All clips, one after the other, −1 to 1. The column takes ownership.</param>
/// <param name="starts">Rows + 1 offsets into <paramref name="samples"/>.</param>
/// <param name="sampleRate">Samples per second.</param>
public sealed class AudioColumn(string name, float[] samples, int[] starts, int sampleRate) : IColumn
{
    private readonly float[] samples = samples ?? throw new ArgumentNullException(nameof(samples));
    private readonly int[] starts = CellLengths.Starts(starts, samples.Length);

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Audio;

    /// <inheritdoc/>
    public int Count => starts.Length - 1;

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; } = sampleRate;

    /// <summary>The samples of a row, −1 to 1.</summary>
    public ReadOnlySpan<float> Row(int row) => samples.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <inheritdoc/>
    public IColumn Select(ReadOnlySpan<int> rows)
    {
        var chosenStarts = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            chosenStarts[i + 1] = checked(chosenStarts[i] + Row(rows[i]).Length);

        var chosen = new float[chosenStarts[^1]];
        for (int i = 0; i < rows.Length; i++)
            Row(rows[i]).CopyTo(chosen.AsSpan(chosenStarts[i]));

        return new AudioColumn(Name, chosen, chosenStarts, SampleRate);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape => [SampleRate];

    /// <inheritdoc/>
    public long Bytes => Enumerable.Range(0, Count).Sum(row => sizeof(float) * (long)Row(row).Length);

    /// <inheritdoc/>
    public IColumn Rename(string name) => new AudioColumn(name, samples, starts, SampleRate);

    /// <inheritdoc/>
    public IColumn Append(IReadOnlyList<IColumn> others)
    {
        (float[] all, int[] allStarts) = CellConcatenation.Join(this, others, (column, row) => column.Row(row));
        return new AudioColumn(Name, all, allStarts, SampleRate);
    }

    /// <inheritdoc/>
    public void MixInto(Span<ulong> hashes)
    {
        for (int row = 0; row < hashes.Length; row++)
            hashes[row] = ByteHash.Mix(hashes[row], MemoryMarshal.AsBytes(Row(row)));
    }

    /// <inheritdoc/>
    public string Describe(int row) => $"of {(double)Row(row).Length / SampleRate:0.0} s";
}
