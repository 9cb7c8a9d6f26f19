namespace Credence.Optimization;

/// <summary>
/// The elastic net λ₂/2·‖W‖² + λ₁·‖W‖₁ (H. Zou, T. Hastie, 2005) on weights [columns, stride] of which <c>classes</c> of each row are used.
/// </summary>
/// <param name="L2">λ₂ ≥ 0.</param>
/// <param name="L1">λ₁ ≥ 0; above it, weights can be exactly 0.</param>
internal readonly record struct Penalty(double L2, double L1)
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => L2 == 0 && L1 == 0;

    /// <summary>The penalty of W.</summary>
    public double Value(ReadOnlySpan<double> w)
    {
        double squares = 0, sizes = 0;
        foreach (double value in w)
        {
            squares += value * value;
            sizes += Math.Abs(value);
        }

        return L2 / 2 * squares + L1 * sizes;
    }

    /// <summary>argmin over v of g·(v − w) + h/2·(v − w)² + penalty(v): the minimum along one weight where the loss has slope g and curvature h > 0.</summary>
    public double Minimum(double w, double g, double h)
    {
        double pull = h * w - g;
        return Math.Abs(pull) <= L1 ? 0 : (pull - Math.CopySign(L1, pull)) / (h + L2);
    }

    /// <summary>The square of the least norm among the subgradients of loss + penalty at W, g the loss's gradient: 0 at the optimum and only there.</summary>
    public double SubgradientSquare(ReadOnlySpan<double> w, ReadOnlySpan<double> g)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double least = Least(w[i], g[i]);
            sum += least * least;
        }

        return sum;
    }

    /// <summary>
    /// The duality gap at the dual point r = ∂loss/∂z, where the bias gradient is zero. With the conjugate of the penalty at v,
    /// Σ (|v| − λ₁)₊²/(2λ₂), and Fenchel's equality for the loss it is Σ λ₂/2·w² + λ₁|w| + w·g + (|g| − λ₁)₊²/(2λ₂), g = Xᵀr, no term below 0. Needs λ₂ > 0.
    /// </summary>
    public double Gap(ReadOnlySpan<double> w, ReadOnlySpan<double> g)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            double over = Math.Max(0, Math.Abs(g[i]) - L1);
            double size = Math.Abs(w[i]), apart = L2 * size - over;

            // The same in two terms that don't cancel: how far the weight is from what the gradient asks for, and what it loses by leaning the wrong way.
            sum += apart * apart / (2 * L2) + Math.Max(0, size * (over + L1) + w[i] * g[i]);
        }

        return sum;
    }

    /// <summary>The conjugate of the penalty at s·g: Σ (s|g| − λ₁)₊²/(2λ₂); without λ₂ it is 0 where no |s·g| is above λ₁, which the caller sees to.</summary>
    public double Conjugate(ReadOnlySpan<double> g, double s)
    {
        double sum = 0;
        foreach (double value in g)
        {
            double over = Math.Max(0, s * Math.Abs(value) - L1);
            sum += L2 > 0 ? over * over / (2 * L2) : 0;
        }

        return sum;
    }

    /// <summary>
    /// Adds to a feature's weights of all classes the number that makes their penalty least. The softmax does not see it, so the loss stays as it is.
    /// Without λ₂ that makes a median 0.
    /// </summary>
    public void Shift(Span<double> row)
    {
        Span<double> sorted = stackalloc double[Math.Min(row.Length, 512)];
        if (row.Length > sorted.Length)
            sorted = new double[row.Length];
        row.CopyTo(sorted);
        sorted.Sort();
        double sum = 0, sides = 0;
        int zeros = 0;
        foreach (double value in sorted)
        {
            sum += value;
            sides += Math.Sign(value);
            zeros += value == 0 ? 1 : 0;
        }

        if (Math.Abs(L2 * sum + L1 * sides) <= L1 * zeros)
            return;

        // The slope at −c, c a weight, leaves out the kink of those equal to it: c is best where the kink spans 0. Between two weights the slope is a line.
        double shift = 0;
        for (int below = 0, equal; below < sorted.Length; below += equal)
        {
            double c = sorted[below];
            for (equal = 1; below + equal < sorted.Length && sorted[below + equal] == c;)
                equal++;
            int above = sorted.Length - below - equal;
            double slope = L2 * (sum - c * sorted.Length) + L1 * (above - below);
            if (Math.Abs(slope) <= L1 * equal)
            {
                shift = c;
                break;
            }

            if (slope < 0)
            {
                // Past the best: it lies between this weight and the one before.
                shift = (L2 * sum + L1 * (above + equal - below)) / (L2 * sorted.Length);
                break;
            }
        }

        if (shift == 0)
            return;

        foreach (ref double value in row)
            value -= shift;
    }

    private double Least(double w, double g) => w == 0
        ? Math.Max(0, Math.Abs(g) - L1)
        : g + L2 * w + Math.CopySign(L1, w);
}
