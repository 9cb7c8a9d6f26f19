using System.Globalization;
using Credence.Fuzz;
using Credence.Fuzz.Coverage;

// credence-fuzz TARGET [--seconds N] [--inputs N] [--seed N]     looks for inputs a reader fails on
// credence-fuzz TARGET --replay FILE                             gives a reader one input again
bool isInstrumented = args is [.., Instrumented.Mark];
if (isInstrumented)
{
    EdgeCoverage.Begin();
    args = args[..^1];
}

if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } target)
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", FuzzTargets.All.Select(known => known.Name))}; then --seconds 60, "
        + "--inputs 1000, --seed 1 or --replay FILE.");
    return 2;
}

if (!isInstrumented)
    return Instrumented.Run(args);

string? replay = null;
var options = new FuzzOptions { Watched = true };
for (int i = 1; i < args.Length; i += 2)
{
    string? value = i + 1 < args.Length ? args[i + 1] : null;
    switch (args[i])
    {
        case "--replay" when value is not null:
            replay = value;
            break;
        case "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds):
            options = options with { Seconds = seconds };
            break;
        case "--inputs" when long.TryParse(value, out long inputs):
            options = options with { Inputs = inputs };
            break;
        case "--seed" when ulong.TryParse(value, out ulong seed):
            options = options with { Seed = seed };
            break;
        default:
            Console.Error.WriteLine($"'{args[i]}' needs to be --seconds N, --inputs N, --seed N or --replay FILE.");
            return 2;
    }
}

using var fuzzer = new Fuzzer(target, options);
FuzzFinding? finding = replay is null ? fuzzer.Run() : fuzzer.Try(File.ReadAllBytes(replay));
Console.WriteLine($"{target.Name}: {fuzzer.Tried:N0} inputs, {fuzzer.Accepted:N0} of them read, {fuzzer.Outcomes:N0} different outcomes, "
    + $"{fuzzer.Edges:N0} branches, at most {fuzzer.Resident / 1e6:N0} MB resident.");
if (finding is null)
    return 0;

string path = Path.GetFullPath($"{target.Name}-{finding.Hash}.input");
File.WriteAllBytes(path, finding.Input);
Console.WriteLine($"{finding.Problem}{Environment.NewLine}The input is in {path}; --replay gives it again.");
return 1;
