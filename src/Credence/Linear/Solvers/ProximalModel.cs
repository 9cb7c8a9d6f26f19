using Credence.Numerics;
using Credence.Optimization;

namespace Credence.Linear.Solvers;

/// <summary>
/// The loss near W as ⟨G, D⟩ + ½⟨D, B·D⟩, minimised with the penalty over D by coordinate descent, among the weights that are not 0 or
/// that the gradient would move from 0. All others stay exactly 0.
/// </summary>
internal sealed class ProximalModel
{
    private readonly int[] places;
    private readonly double[] w;
    private readonly double[] start;
    private readonly double[] g;
    private readonly double[] curvatures;
    private readonly double[] rows;
    private readonly double[] solved;
    private readonly double[] along;
    private readonly IQuadraticModel coupling;
    private readonly Penalty penalty;
    private readonly double scale;
    private readonly int stride;

    /// <summary>Makes the model at W.</summary>
    public ProximalModel(double[] weights, double[] gradient, Penalty penalty, IQuadraticModel coupling, StepMemory memory, int stride)
    {
        this.coupling = coupling;
        this.penalty = penalty;
        this.stride = stride;
        scale = memory.Scale;
        places = [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] != 0 || Math.Abs(gradient[i]) > penalty.L1)];
        start = [.. places.Select(place => weights[place])];
        w = start.AsSpan().ToArray();
        g = [.. places.Select(place => gradient[place])];
        int columns = memory.Columns;
        along = new double[columns];
        rows = new double[checked(places.Length * columns)];
        solved = new double[rows.Length];
        curvatures = new double[places.Length];
        coupling.Clear();
        for (int a = 0; a < places.Length; a++)
        {
            Span<double> row = rows.AsSpan(a * columns, columns), inverse = solved.AsSpan(a * columns, columns);
            memory.Row(places[a], row, inverse);
            double own = scale * coupling.Curvature(places[a] / stride, places[a] % stride);
            curvatures[a] = Math.Max(own - Vectors.Dot<double>(row, inverse), Math.Max(1e-6 * own, 1e-300));
        }
    }

    /// <summary>The number of weights in the working set.</summary>
    public int Active => places.Length;

    /// <summary>Descends until a sweep over the weights gains less than a fraction of the first sweep's gain.</summary>
    /// <param name="part">The fraction.</param>
    /// <param name="sweeps">The maximum number of sweeps.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Minimize(double part, int sweeps, CancellationToken cancellationToken)
    {
        double first = 0;
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double gained = Sweep();
            first = Math.Max(first, gained);
            if (!(gained > part * first))
                return;
        }
    }

    /// <summary>Writes D; returns the predicted decrease of the penalised model and its slope: ⟨G, D⟩ plus the change of the
    /// penalty.</summary>
    public (double Promised, double Slope) Direction(double[] d)
    {
        Array.Clear(d);
        double slope = 0, square = 0;
        int columns = along.Length;
        for (int a = 0; a < places.Length; a++)
        {
            double step = w[a] - start[a];
            d[places[a]] = step;
            slope += g[a] * step;
            if (step != 0)
                square += step * (scale * coupling.Slope(places[a] / stride, places[a] % stride)
                    - Vectors.Dot<double>(solved.AsSpan(a * columns, columns), along));
        }

        slope += penalty.Value(w) - penalty.Value(start);
        return (-slope - square / 2, slope);
    }

    private double Sweep()
    {
        double gained = 0;
        int columns = along.Length;
        for (int a = 0; a < places.Length; a++)
        {
            int column = places[a] / stride, k = places[a] % stride;
            double here = g[a] + scale * coupling.Slope(column, k) - Vectors.Dot<double>(solved.AsSpan(a * columns, columns), along);
            double step = penalty.Minimum(w[a], here, curvatures[a]) - w[a];
            if (step == 0)
                continue;

            gained += (curvatures[a] + penalty.L2) * step * step;
            w[a] += step;
            coupling.Move(column, k, step);
            Vectors.AddScaled(step, rows.AsSpan(a * columns, columns), along);
        }

        return gained;
    }
}
