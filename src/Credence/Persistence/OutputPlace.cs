using System.Globalization;
using System.Text.RegularExpressions;

namespace Credence.Persistence;

/// <summary>Where an output goes: the file at the end of all links, or an open descriptor such as <c>/dev/stdout</c>, which is written to
/// as it is.</summary>
internal sealed partial record OutputPlace
{
    private const int MostLinks = 40;

    private OutputPlace(string given, string path, int? descriptor)
    {
        (Given, Path, Descriptor) = (given, path, descriptor);
        Status = FileStatus.Of(descriptor is null ? path : given);
    }

    /// <summary>The path as given.</summary>
    public string Given { get; }

    /// <summary>The path without links.</summary>
    public string Path { get; }

    /// <summary>The folder it is in, without links.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path) ?? Path;

    /// <summary>The number of an open descriptor; null for a path.</summary>
    public int? Descriptor { get; }

    /// <summary>What the system knows of it; null where nothing stands there, or the system says nothing.</summary>
    public FileStatus? Status { get; }

    /// <summary>Whether bytes are written into what stands there, since it can't be replaced: a pipe, a terminal, a descriptor.</summary>
    public bool IsStream => Descriptor is not null || Status is { Kind: FileKind.Stream }
        || Path.StartsWith(@"\\.\", StringComparison.Ordinal);

    /// <summary>Follows a path.</summary>
    /// <exception cref="IOException">Its links go round in a circle.</exception>
    public static OutputPlace Of(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            return new OutputPlace(path, File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full, null);

        // Name by name, as the system does it, so that '..' after a link to a folder leaves the folder that the link leads to.
        var rest = new Stack<string>(full.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        string at = "/";
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            if (name is "." or "..")
            {
                at = name == "." ? at : System.IO.Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            string next = System.IO.Path.Combine(at, name);
            if (rest.Count == 0 && DescriptorOf(next) is { } descriptor)
                return new OutputPlace(path, next, descriptor);

            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException($"'{path}' can't be written: its links lead round in a circle.");

            at = target.StartsWith('/') ? "/" : at;
            foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(part);
        }

        return new OutputPlace(path, at, null);
    }

    private static int? DescriptorOf(string path) => path switch
    {
        "/dev/stdin" => 0,
        "/dev/stdout" => 1,
        "/dev/stderr" => 2,
        _ when OwnDescriptor().Match(path) is { Success: true } match
            && (match.Groups["process"] is not { Success: true, Value: var process }
                || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            && int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out int number) => number,
        _ => null,
    };

    [GeneratedRegex(@"^/(dev|proc/(self|thread-self|(?<process>\d+)))/fd/(?<number>\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnDescriptor();
}
