using Credence.Calibration.Selection;
using Credence.Cli.Errors;
using Credence.Files.Inputs;

namespace Credence.Cli.Options;

/// <summary>Calibration methods by the names people type.</summary>
internal static class CalibrationNames
{
    /// <summary>How to choose the calibrator: among all for <c>auto</c>, else the one that was named.</summary>
    /// <exception cref="UsageException">There is no such method.</exception>
    public static CalibratorSelectionOptions Options(string name, ulong seed)
    {
        if (name == "auto")
            return new CalibratorSelectionOptions { Seed = seed };

        if (CalibrationMethods.Find(name) is not null)
            return new CalibratorSelectionOptions { Seed = seed, Methods = [name] };

        string[] names = ["auto", .. CalibrationMethods.All.Select(method => method.Name)];
        string? nearest = NearestName.Of(name, names);
        throw new UsageException($"There is no calibration '{name}'. {(nearest is null ? "" : $"Did you mean {nearest}? ")}There are {string.Join(", ", names)}.");
    }
}
