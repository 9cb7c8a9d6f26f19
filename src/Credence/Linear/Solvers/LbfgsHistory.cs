namespace Credence.Linear.Solvers;

/// <summary>
/// The history of L-BFGS: the inner products among the stored steps s_i, the gradient changes y_i along them, and the gradient g.
/// The two-loop recursion needs only these to express the next direction as their linear combination.
/// </summary>
/// <param name="size">The maximum number of stored pairs.</param>
internal sealed class LbfgsHistory(int size)
{
    /// <summary>A step and a change that are nearly orthogonal carry no curvature information.</summary>
    private const double LeastCurvature = 1e-12;

    private readonly double[,] stepChange = new double[size, size];
    private readonly double[,] changeChange = new double[size, size];
    private readonly double[] previousWithSteps = new double[size];
    private readonly double[] previousWithChanges = new double[size];

    /// <summary>Places of pairs, oldest first.</summary>
    private readonly List<int> order = [];
    private readonly Stack<int> free = new(Enumerable.Range(0, size).Reverse());
    private int pending = -1;
    private double square;

    /// <summary>The number of the space's places used so far.</summary>
    public int Places { get; private set; }

    /// <summary>Whether there is no pair.</summary>
    public bool IsEmpty => order.Count == 0;

    /// <summary>⟨s_i, g⟩.</summary>
    public double[] WithSteps { get; } = new double[size];

    /// <summary>⟨y_i, g⟩.</summary>
    public double[] WithChanges { get; } = new double[size];

    /// <summary>The direction's coefficients of the steps.</summary>
    public double[] OnSteps { get; } = new double[size];

    /// <summary>The direction's coefficients of the changes.</summary>
    public double[] OnChanges { get; } = new double[size];

    /// <summary>The direction's coefficient of the gradient.</summary>
    public double OnGradient { get; private set; } = -1;

    /// <summary>Clears all pairs.</summary>
    public void Clear()
    {
        foreach (int place in order)
            free.Push(place);
        order.Clear();
    }

    /// <summary>Takes the step t·direction and stores it in a free place or in that of the oldest.</summary>
    public void Step<T>(ISearchSpace<T> space, double t)
    {
        if (free.Count == 0)
        {
            free.Push(order[0]);
            order.RemoveAt(0);
        }

        pending = free.Pop();
        Places = Math.Max(Places, pending + 1);
        WithSteps.CopyTo(previousWithSteps, 0);
        WithChanges.CopyTo(previousWithChanges, 0);
        space.Step(t, pending);
    }

    /// <summary>Updates the history with the gradient at a new point.</summary>
    public void Learn<T>(ISearchSpace<T> space)
    {
        (double withStep, double withItself) = pending >= 0 ? space.Remember(pending) : default;
        square = space.Products(Places, WithSteps, WithChanges);
        if (pending < 0)
            return;

        int place = pending;
        pending = -1;
        if (!(withStep > LeastCurvature * withItself) || !double.IsFinite(withItself))
        {
            free.Push(place);
            return;
        }

        foreach (int other in order)
        {
            stepChange[other, place] = WithSteps[other] - previousWithSteps[other];
            changeChange[other, place] = changeChange[place, other] = WithChanges[other] - previousWithChanges[other];
        }

        stepChange[place, place] = withStep;
        changeChange[place, place] = withItself;
        order.Add(place);
    }

    /// <summary>Computes the coefficients of −H·g, H the inverse Hessian approximation of the pairs, started from γ times the
    /// identity.</summary>
    public void Direct()
    {
        Array.Clear(OnSteps);
        Array.Clear(OnChanges);
        OnGradient = -1;
        if (IsEmpty)
            return;

        int newest = order[^1];
        double gamma = stepChange[newest, newest] / changeChange[newest, newest];
        var alpha = new double[size];
        for (int n = order.Count - 1; n >= 0; n--)
        {
            int i = order[n];
            double product = WithSteps[i];
            for (int m = n + 1; m < order.Count; m++)
                product -= alpha[order[m]] * stepChange[i, order[m]];
            alpha[i] = product / stepChange[i, i];
        }

        foreach (int i in order)
        {
            double product = WithChanges[i];
            foreach (int j in order)
                product -= alpha[j] * changeChange[i, j];
            product *= gamma;
            foreach (int j in order)
            {
                if (j == i)
                    break;
                product -= OnSteps[j] * stepChange[j, i];
            }

            // The coefficient of the step is −(α − β).
            OnSteps[i] = product / stepChange[i, i] - alpha[i];
            OnChanges[i] = gamma * alpha[i];
        }

        OnGradient = -gamma;
    }
}
