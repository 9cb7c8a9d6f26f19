namespace Credence.Data.Scores;

/// <summary>The shape check of both kinds of score.</summary>
internal static class ScoreShape
{
    public static void Check(int length, int classes)
    {
        if (classes < 1)
            throw new ArgumentException($"'{nameof(classes)}' is {classes}, must be at least 1.", nameof(classes));

        if (length % classes != 0)
            throw new ArgumentException($"The number of values, {length}, must be a multiple of the {classes} classes.", nameof(length));
    }
}
