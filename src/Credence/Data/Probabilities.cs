namespace Credence.Data;

/// <summary>Probabilities, one row of <see cref="Classes"/> a case, each row summing to one; where a case may be of several classes, the probability of each by itself.</summary>
public sealed class Probabilities
{
    private readonly double[] values;

    /// <summary>Wraps a row-major matrix.</summary>
    /// <param name="values">[rows, classes]; owned from now on.</param>
    /// <param name="classes">Columns a row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="classes"/>.</exception>
    public Probabilities(double[] values, int classes)
    {
        ScoreShape.Check(values.Length, classes);
        this.values = values;
        Classes = classes;
    }

    /// <summary>Columns a row.</summary>
    public int Classes { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => values.Length / Classes;

    /// <summary>[rows, classes], row-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>One row.</summary>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * Classes, Classes);

    /// <summary>The given rows, in the given order.</summary>
    public Probabilities Select(ReadOnlySpan<int> rows) => Gather.IsAll(rows, Rows) ? this : new(Gather.Rows(values, rows, Classes), Classes);
}
