namespace Credence.Features.Text;

/// <summary>The arrays that reading one text takes, kept by each thread for its next text, so that a row costs no buffers.</summary>
internal sealed class GramScratch
{
    /// <summary>A thread keeps arrays of at most so many n-grams, and so many bytes.</summary>
    private const int MostKept = 1 << 16, MostBytes = 1 << 20;

    [ThreadStatic]
    private static GramScratch? own;

    private int[] found = new int[1024];
    private double[] weights = new double[1024];

    /// <summary>The n-grams.</summary>
    public GramList List { get; } = new();

    /// <summary>The calling thread's arrays, until <see cref="Return"/>.</summary>
    public static GramScratch Take()
    {
        GramScratch taken = own ?? new GramScratch();
        own = null;
        return taken;
    }

    /// <summary>Arrays for the numbers and the weights of a text's n-grams.</summary>
    /// <param name="count">Their least length.</param>
    public (int[] Found, double[] Weights) Arrays(int count)
    {
        if (found.Length < count)
        {
            found = new int[count * 2];
            weights = new double[found.Length];
        }

        return (found, weights);
    }

    /// <summary>Gives the arrays back to the calling thread.</summary>
    public void Return()
    {
        if (found.Length <= MostKept && List.Length <= MostBytes)
            own = this;
    }
}
