namespace Credence.Conformal;

/// <summary>Why there are no prediction sets: too few rows for the requested coverage.</summary>
/// <param name="Rows">The available rows of the part that has too few.</param>
/// <param name="RowsNeeded">The rows that part needs.</param>
/// <param name="Part">The class or group that has too few rows; null where all rows together are too few.</param>
/// <param name="Message">The reason in words, with a remedy.</param>
public sealed record ConformalRefusal(int Rows, int RowsNeeded, string? Part, string Message)
{
    internal static ConformalRefusal For(double alpha, int rows, string? part)
    {
        int needed = ConformalRank.RowsNeeded(alpha);
        double possible = 1.0 / (rows + 1.0);
        string where = part is null ? "" : $" of '{part}'";
        string remedy = rows == 0
            ? "Hold out more rows."
            : $"Hold out more rows, or allow misses of at least {Math.Ceiling(possible * 1000) / 1000:0.###}.";
        return new(rows, needed, part,
            $"Prediction sets that miss at most {alpha:0.######} of rows need {needed} held-out rows{where}; there are {rows}. {remedy}");
    }
}
