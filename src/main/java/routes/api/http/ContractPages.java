package routes.api.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.view.RedirectView;

/** Serves the contract, and redirects to the page that renders it. */
@RestController
class ContractPages {
    @GetMapping(path = "/openapi.yaml", produces = "application/yaml")
    Resource contract() {
        return new ClassPathResource("openapi.yaml");
    }

    @GetMapping({"/docs", "/docs/"})
    RedirectView docs() {
        return new RedirectView("/docs/index.html");
    }
}
