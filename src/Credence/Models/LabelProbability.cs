using System.Globalization;

namespace Credence.Models;

/// <summary>A class name with its probability.</summary>
/// <param name="Label">The class's name.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct LabelProbability(string Label, double Probability)
{
    /// <summary>"cat 91.4 %": below 100 % and above 0 % unless it is exactly that.</summary>
    public override string ToString()
    {
        double percent = 100 * Probability;
        string shown = Probability is > 0 and < 0.0005 ? "<0.1" : Probability is > 0.9995 and < 1 ? ">99.9"
            : percent.ToString("0.0", CultureInfo.InvariantCulture);
        return $"{Label} {shown} %";
    }
}
