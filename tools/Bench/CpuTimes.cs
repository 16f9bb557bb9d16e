namespace DaprSocial.Bench;

/// <summary>CPU time in microseconds.</summary>
/// <param name="Programs">Of this process and the mesh's.</param>
/// <param name="Postgres">Of all processes of PostgreSQL.</param>
internal readonly record struct CpuTimes(double Programs, double Postgres)
{
    public static CpuTimes operator -(CpuTimes after, CpuTimes before) =>
        new(after.Programs - before.Programs, after.Postgres - before.Postgres);
}
