using Credence.Data;
using Credence.Data.Scores;
using Credence.Numerics;

namespace Credence.Benchmarks;

/// <summary>Rows whose true probabilities are known, and a model that states them with some error.</summary>
/// <param name="Name">What the error is.</param>
/// <param name="Temperature">The stated logits are the true ones divided by it: below 1 is too sure.</param>
/// <param name="Shift">Added to the stated logit of the first class.</param>
internal sealed record SimulatedModel(string Name, double Temperature, double Shift)
{
    private const double Separation = 2;

    /// <summary>Draws rows of so many classes.</summary>
    public (Probabilities Stated, Labels Labels) Draw(int rows, int classes, Rng rng)
    {
        var logits = new double[rows * classes];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            // x ~ N(2·e_y, I) has the posterior softmax(2·x).
            labels[row] = rng.NextInt(classes);
            for (int k = 0; k < classes; k++)
            {
                double x = rng.NextNormal() + (k == labels[row] ? Separation : 0);
                logits[(row * classes) + k] = (Separation * x / Temperature) + (k == 0 ? Shift : 0);
            }
        }

        Softmax.ForwardRows(logits, classes, logits);
        return (new Probabilities(logits, classes), new Labels(labels, [.. Enumerable.Range(0, classes).Select(k => $"{k}")]));
    }
}
