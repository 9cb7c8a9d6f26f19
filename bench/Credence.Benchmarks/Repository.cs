namespace Credence.Benchmarks;

/// <summary>Where the repository and the data folder are, seen from the program.</summary>
internal static class Repository
{
    /// <summary>The folder of Credence.slnx above the program, or null.</summary>
    public static string? Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Credence.slnx")))
            folder = folder.Parent;
        return folder?.FullName;
    }

    /// <summary>A file of $CREDENCE_DATA, or of shared/data beside the repository.</summary>
    public static string Data(string file)
    {
        string folder = Environment.GetEnvironmentVariable("CREDENCE_DATA") is { Length: > 0 } given
            ? given
            : Path.Combine(Folder() ?? ".", "..", "shared", "data");
        return Path.Combine(folder, file);
    }
}
