namespace Credence.Data.Columns;

/// <summary>Sound, one clip a row, each of its own length, all at one sample rate and of one channel.</summary>
/// <param name="name">The column's name.</param>
/// <param name="samples">All clips, one after the other, −1 to 1. The column takes ownership.</param>
/// <param name="starts">Rows + 1 offsets into <paramref name="samples"/>.</param>
/// <param name="sampleRate">Samples a second.</param>
public sealed class AudioColumn(string name, float[] samples, int[] starts, int sampleRate) : IColumn
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public ColumnKind Kind => ColumnKind.Audio;

    /// <inheritdoc/>
    public int Count => starts.Length - 1;

    /// <summary>Samples a second.</summary>
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
}
