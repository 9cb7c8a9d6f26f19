using Credence.Calibration.Selection;
using Credence.Cli.Errors;
using Credence.Files.Inputs;

namespace Credence.Cli.Options;

/// <summary>Calibration methods by name.</summary>
internal static class CalibrationNames
{
    /// <summary>The selection options: all methods for <c>auto</c>, else the named one.</summary>
    /// <exception cref="UsageException">There is no such method.</exception>
    public static CalibratorSelectionOptions Options(string name, ulong seed)
    {
        if (name == "auto")
            return new CalibratorSelectionOptions { Seed = seed };

        if (CalibrationMethods.Find(name) is not null)
            return new CalibratorSelectionOptions { Seed = seed, Methods = [name] };

        string[] names = ["auto", .. CalibrationMethods.All.Select(method => method.Name)];
        string? nearest = NearestName.Of(name, names);
        throw new UsageException($"There is no calibration method '{name}'. {(nearest is null ? "" : $"Did you mean {nearest}? ")}The "
            + $"methods are {string.Join(", ", names)}.");
    }
}
