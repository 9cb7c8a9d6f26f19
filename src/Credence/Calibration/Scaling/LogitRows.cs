using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Calibration.Scaling;

/// <summary>A view of rows of logits: as they are, less their maximum, or as logarithms of probabilities; derived rows are recomputed at
/// each access.
/// For very many scores a second matrix would cost more.</summary>
internal sealed class LogitRows
{
    private readonly Logits? logits;
    private readonly Probabilities? probabilities;
    private readonly double? scale;

    /// <summary>Logits as they are.</summary>
    public LogitRows(Logits logits)
    {
        this.logits = logits;
        (Rows, Classes) = (logits.Rows, logits.Classes);
    }

    /// <summary>The logarithms of probabilities already checked.</summary>
    public LogitRows(Probabilities probabilities)
    {
        this.probabilities = probabilities;
        (Rows, Classes) = (probabilities.Rows, probabilities.Classes);
    }

    private LogitRows(Logits logits, double scale)
        : this(logits) => this.scale = scale;

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Columns per row.</summary>
    public int Classes { get; }

    /// <summary>A scale times each row less its maximum; −∞ as <see cref="DiagonalScalingLoss.Impossible"/>.</summary>
    public static LogitRows Shifted(Logits logits, double scale = 1) => new(logits, scale);

    /// <summary>Some rows.</summary>
    /// <param name="first">The first.</param>
    /// <param name="rows">How many.</param>
    /// <param name="buffer">[rows, classes]; receives them where they are derived.</param>
    public ReadOnlySpan<double> Read(int first, int rows, Span<double> buffer)
    {
        if (logits is not null && scale is null)
            return logits.Block(first, first + rows, buffer);

        Span<double> made = buffer[..(rows * Classes)];
        if (probabilities is not null)
            Log.Apply(probabilities.Values.Slice(first * Classes, made.Length), made);
        else
            ScalingInput.Shift(logits!, first, first + rows, made);

        if (scale is { } factor and not 1)
            ScalingInput.Multiply(factor, made);

        return made;
    }

    /// <summary>The given rows, in the given order.</summary>
    public LogitRows Select(ReadOnlySpan<int> rows) => probabilities is not null ? new LogitRows(probabilities.Select(rows))
        : scale is { } factor ? new LogitRows(logits!.Select(rows), factor)
        : new LogitRows(logits!.Select(rows));
}
