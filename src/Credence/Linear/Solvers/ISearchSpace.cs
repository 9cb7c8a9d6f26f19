namespace Credence.Linear.Solvers;

/// <summary>
/// The vector space of a quasi-Newton method and its inner product: the method itself uses only inner products
/// (W. Chen, Z. Wang, J. Zhou, Large-scale L-BFGS using MapReduce, 2014). It stores the latest steps and the gradient changes along them.
/// </summary>
internal interface ISearchSpace<T>
{
    /// <summary>The maximum number of stored steps.</summary>
    int Memory { get; }

    /// <summary>‖W‖².</summary>
    double WeightSquare { get; }

    /// <summary>X·direction.</summary>
    T[] Moved { get; }

    /// <summary>Computes ∇_W J at residuals R.</summary>
    /// <returns>‖∇_W J‖².</returns>
    double Gradient(T[] residuals);

    /// <summary>The gradient's inner products with the steps and changes of the first <paramref name="count"/> places, and, returned, with
    /// itself.</summary>
    double Products(int count, double[] withSteps, double[] withChanges);

    /// <summary>direction = Σ a_i·step_i + Σ b_i·change_i + c·gradient, and X·direction.</summary>
    /// <returns>The inner products of the direction with the gradient, with W and with itself, the last two in W's own space.</returns>
    (double Slope, double Cross, double Square) Direct(int count, double[] onSteps, double[] onChanges, double onGradient);

    /// <summary>W += t·direction, which becomes the stored step at a place.</summary>
    void Step(double t, int place);

    /// <summary>Stores the change of the gradient since the previous one, at a place.</summary>
    /// <returns>Its inner products with the step of that place and with itself.</returns>
    (double WithStep, double WithItself) Remember(int place);

    /// <summary>W, [columns, stride].</summary>
    T[] Weights();
}
