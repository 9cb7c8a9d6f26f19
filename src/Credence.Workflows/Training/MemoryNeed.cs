namespace Credence.Workflows.Training;

/// <summary>Refuses files that are too large to train on in memory, before any work.</summary>
internal static class MemoryNeed
{
    /// <summary>The least ratio of memory, for cells as numbers and features, to the size of their text.</summary>
    private const double LeastTimes = 2;

    /// <exception cref="InsufficientMemoryException">The files are too large.</exception>
    public static void Check(IEnumerable<string> paths)
    {
        long size = paths.Where(File.Exists).Sum(path => new FileInfo(path).Length);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (size * LeastTimes > available)
        {
            throw new InsufficientMemoryException(
                $"{Mega(size)} of data need {Mega(size * LeastTimes)} of memory or more; {Mega(available)} are available.");
        }
    }

    private static string Mega(double bytes) => FormattableString.Invariant($"{bytes / 1e6:#,0} MB");
}
