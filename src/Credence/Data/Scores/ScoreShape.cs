namespace Credence.Data.Scores;

/// <summary>The one check both kinds of score share.</summary>
internal static class ScoreShape
{
    public static void Check(int length, int classes)
    {
        if (classes < 1)
            throw new ArgumentException($"'{nameof(classes)}' is {classes}, must be at least 1.", nameof(classes));

        if (length % classes != 0)
            throw new ArgumentException($"{length} values are no whole number of rows of {classes} classes.", nameof(length));
    }
}
