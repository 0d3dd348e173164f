#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Cmdlets.GetOnnxExecutionProviderCommand'
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Get-OnnxExecutionProvider' {
    It 'lists the CPU first, and CUDA with the reason where it cannot run' {
        $providers = Get-OnnxExecutionProvider

        $providers[0].Name | Should -Be CPU
        $providers[0].IsAvailable | Should -BeTrue
        $providers[0].Library | Should -Exist
        $providers.Name | Should -Contain CUDA
        $providers | Where-Object { $_.IsAvailable -eq [bool] $_.Reason } | Should -BeNullOrEmpty
    }

    It 'takes names and patterns' {
        (Get-OnnxExecutionProvider cpu).Name | Should -Be CPU
        (Get-OnnxExecutionProvider c[pu]*).Name | Select-Object -Unique | Should -Be CPU, CUDA
    }

    It 'reports a name without a provider and goes on' {
        (Get-OnnxExecutionProvider Abacus, CPU @silent).Name | Should -Be CPU
        $problems.FullyQualifiedErrorId | Should -Be "ProviderNotFound,$by"
    }

    It 'names what CUDA lacks, and -Provider CUDA ends with the same words' {
        $cuda = Get-OnnxExecutionProvider CUDA
        if ($cuda.IsAvailable -contains $true) {
            Set-ItResult -Skipped -Because 'CUDA runs here'
        }

        { Test-FoodWord salad -Provider CUDA } | Should -Throw -ExpectedMessage $cuda.Reason `
            -ErrorId 'ProviderUnavailable,OnnxDeep.PowerShell.Cmdlets.TestFoodWordCommand'
        (Test-FoodWord salad -Provider Auto).Provider | Should -Be CPU
    }

    It 'does not read damaged settings, and the CPU runs all the same' {
        $null = New-Item $env:ONNXDEEP_HOME -ItemType Directory -Force
        foreach ($text in '{', '[]', '{ "executionProviders": 1 }', '{ "executionProviders": { "CUDA": null } }',
            '{ "executionProviders": { "CUDA": "lib.so" } }') {
            Set-Content "$env:ONNXDEEP_HOME/settings.json" $text

            { Get-OnnxExecutionProvider } | Should -Throw -ErrorId "SettingsDamaged,$by"
            { Test-FoodWord salad -Provider Auto } |
                Should -Throw -ErrorId 'SettingsDamaged,OnnxDeep.PowerShell.Cmdlets.TestFoodWordCommand'
            Test-FoodWord salad -Quiet | Should -BeTrue
        }
        Remove-Item "$env:ONNXDEEP_HOME/settings.json"
    }
}
