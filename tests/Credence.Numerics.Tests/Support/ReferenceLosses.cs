namespace Credence.Numerics.Tests;

/// <summary>The losses in plain double, one term after the other, and derivatives by differences.</summary>
internal static class ReferenceLosses
{
    public static double CrossEntropy(IReadOnlyList<double> logits, IReadOnlyList<double> truth) =>
        truth.Zip(Reference.LogSoftmax(logits), (t, log) => t == 0 ? 0 : -t * log).Sum();

    public static double Focal(IReadOnlyList<double> logits, int label, double focus)
    {
        double p = Reference.Softmax(logits)[label];
        return -Math.Pow(1 - p, focus) * Math.Log(p);
    }

    public static double Binary(double logit, double target)
    {
        double p = 1 / (1 + Math.Exp(-logit));
        return -(target * Math.Log(p)) - ((1 - target) * Math.Log(1 - p));
    }

    public static double[] OneHot(int label, int classes, double smoothing = 0) =>
        [.. Enumerable.Range(0, classes).Select(k => (smoothing / classes) + (k == label ? 1 - smoothing : 0))];

    /// <summary>The derivatives of a function of several numbers, by central differences.</summary>
    public static double[] Gradient(Func<double[], double> f, double[] at)
    {
        const double Step = 1e-5;
        double[] gradient = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            double[] above = [.. at], below = [.. at];
            above[i] += Step;
            below[i] -= Step;
            gradient[i] = (f(above) - f(below)) / (2 * Step);
        }

        return gradient;
    }
}
