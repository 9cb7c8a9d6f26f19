namespace Credence.Workflows.Training;

/// <summary>Refuses, before hours are lost, files that are too large to be trained on in memory.</summary>
internal static class MemoryNeed
{
    /// <summary>Cells as numbers and as features take no less than this times their text.</summary>
    private const double LeastTimes = 2;

    /// <exception cref="InsufficientMemoryException">The files are too large.</exception>
    public static void Check(IEnumerable<string> paths)
    {
        long size = paths.Where(File.Exists).Sum(path => new FileInfo(path).Length);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (size * LeastTimes > available)
        {
            throw new InsufficientMemoryException(
                $"{Mega(size)} of data take {Mega(size * LeastTimes)} of memory or more, and there are {Mega(available)}.");
        }
    }

    private static string Mega(double bytes) => FormattableString.Invariant($"{bytes / 1e6:#,0} MB");
}
