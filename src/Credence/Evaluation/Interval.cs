namespace Credence.Evaluation;

/// <summary>A 95 % interval; both ends are NaN where there is none.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>No interval.</summary>
    public static Interval None => new(double.NaN, double.NaN);
}
