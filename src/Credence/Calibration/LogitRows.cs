using Credence.Data;
using Credence.Numerics;

namespace Credence.Calibration;

/// <summary>Rows of logits to look at: as they are, or the logarithms of probabilities, which are made anew at each look. Of very many scores a second matrix
/// costs more than the logarithms.</summary>
internal sealed class LogitRows
{
    private readonly Logits? logits;
    private readonly Probabilities? probabilities;

    /// <summary>Logits as they are.</summary>
    public LogitRows(Logits logits)
    {
        this.logits = logits;
        (Rows, Classes) = (logits.Rows, logits.Classes);
    }

    /// <summary>The logarithms of probabilities that are known to be some.</summary>
    public LogitRows(Probabilities probabilities)
    {
        this.probabilities = probabilities;
        (Rows, Classes) = (probabilities.Rows, probabilities.Classes);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Columns a row.</summary>
    public int Classes { get; }

    /// <summary>Some rows.</summary>
    /// <param name="first">The first.</param>
    /// <param name="rows">How many.</param>
    /// <param name="buffer">[rows, classes]; where they are written if they have to be.</param>
    public ReadOnlySpan<double> Read(int first, int rows, Span<double> buffer)
    {
        (int from, int length) = (first * Classes, rows * Classes);
        if (logits is not null)
            return logits.Values.Slice(from, length);

        Log.Map(probabilities!.Values.Slice(from, length), buffer);
        return buffer[..length];
    }

    /// <summary>The given rows, in the given order.</summary>
    public LogitRows Select(ReadOnlySpan<int> rows) => logits is not null ? new LogitRows(logits.Select(rows)) : new LogitRows(probabilities!.Select(rows));
}
